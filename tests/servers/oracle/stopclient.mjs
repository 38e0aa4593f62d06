// SPDX-License-Identifier: Apache-2.0
// Ends a session with the AWS SDK's own client. Arguments: address, ARN, qualifier ("" for none), session,
// token of the client.
import { BedrockAgentCoreClient, StopRuntimeSessionCommand } from '@aws-sdk/client-bedrock-agentcore'

const [endpoint, agentRuntimeArn, qualifier, runtimeSessionId, clientToken] = process.argv.slice(2)
const client = new BedrockAgentCoreClient({
  endpoint, region: 'us-west-2', credentials: { accessKeyId: 'AKIDGATE', secretAccessKey: 'gate/secret+key' }, maxAttempts: 1,
})
const answer = await client.send(new StopRuntimeSessionCommand({
  agentRuntimeArn, runtimeSessionId, clientToken, ...(qualifier ? { qualifier } : {}),
}))
console.log(JSON.stringify({ status: answer.statusCode, session: answer.runtimeSessionId }))
