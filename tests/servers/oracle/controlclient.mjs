// SPDX-License-Identifier: Apache-2.0
// Reads the account of a control plane with the AWS SDK's own client, and prints what it read as JSON.
// Arguments: address, region, ids of the runtimes to read in full.
import {
  BedrockAgentCoreControlClient, GetAgentRuntimeCommand, GetAgentRuntimeEndpointCommand,
  paginateListAgentRuntimeEndpoints, paginateListAgentRuntimes, paginateListAgentRuntimeVersions,
} from '@aws-sdk/client-bedrock-agentcore-control'

const [endpoint, region, ...ids] = process.argv.slice(2)
const client = new BedrockAgentCoreControlClient({ endpoint, region, credentials: { accessKeyId: 'AKIDLIST', secretAccessKey: 'list/secret+key' } })
const all = async (pages, member) => {
  const found = []
  for await (const page of pages) found.push(...page[member])
  return found
}
const full = []
for (const agentRuntimeId of ids) {
  const endpoints = await all(paginateListAgentRuntimeEndpoints({ client, pageSize: 100 }, { agentRuntimeId }), 'runtimeEndpoints')
  const versions = await all(paginateListAgentRuntimeVersions({ client, pageSize: 100 }, { agentRuntimeId }), 'agentRuntimes')
  const prod = await client.send(new GetAgentRuntimeEndpointCommand({ agentRuntimeId, endpointName: 'prod' }))
  const live = await client.send(new GetAgentRuntimeCommand({ agentRuntimeId, agentRuntimeVersion: prod.liveVersion }))
  full.push({ endpoints, versions, prod, live })
}
const runtimes = await all(paginateListAgentRuntimes({ client, pageSize: 100 }, {}), 'agentRuntimes')
console.log(JSON.stringify({ runtimes, full }))
