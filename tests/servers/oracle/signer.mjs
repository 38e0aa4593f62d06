// SPDX-License-Identifier: Apache-2.0
// Prints requests signed by the AWS SDK for JavaScript, one line of JSON each: what was signed and the
// Authorization header (or the presigned query) that a signer must agree on. The same seed gives the same.
import { SignatureV4 } from '@smithy/signature-v4'
import { Sha256 } from '@aws-crypto/sha256-js'
import { BedrockAgentCoreClient, InvokeAgentRuntimeCommand, StopRuntimeSessionCommand } from '@aws-sdk/client-bedrock-agentcore'

const [count, seed] = process.argv.slice(2).map(Number)
let state = seed >>> 0
const random = (below) => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0
  return Math.floor((state / 2 ** 32) * below)
}
const pick = (list) => list[random(list.length)]
const pieces = ['a', 'Z', '9', '%', '+', ' ', 'é', '😀', '=', '&', '/', ':', ';', '~', '-', '_', '.', '!', "'", '(', ')', '*', '@', '#', '?', '%2F', '%25', '日本']
const text = (most) => Array.from({ length: random(most + 1) }, () => pick(pieces)).join('')
const encoded = (value) =>
  encodeURIComponent(value).replace(/[!'()*]/g, (c) => '%' + c.charCodeAt(0).toString(16).toUpperCase())
const hex = (value) => Buffer.from(value).toString('hex')

const keysOf = () => ({
  accessKeyId: 'AKID' + random(1e9),
  secretAccessKey: 'secret/' + random(1e9) + '+=' + text(3).replace(/[^\x20-\x7e]/g, 'x'),
  ...(random(2) ? { sessionToken: 'TOKEN/' + random(1e9) + '+/==' } : {}),
})
const timeOf = () => new Date(Date.UTC(2025, random(12), 1 + random(28), random(24), random(60), random(60)))

const signerOf = (credentials, region, service) =>
  new SignatureV4({ credentials, region, service, sha256: Sha256, applyChecksum: false, uriEscapePath: true })

const line = (kind, request, credentials, region, service, time, extra) => {
  const query = Object.entries(request.query ?? {})
    .flatMap(([name, value]) => (Array.isArray(value) ? value : [value]).map((one) => `${encoded(name)}=${encoded(one)}`))
    .join('&')
  const port = request.port ? ':' + request.port : ''
  const url = `${request.protocol}//${request.hostname}${port}${request.path}${query ? '?' + query : ''}`
  console.log(JSON.stringify({ kind, method: request.method, url, body: hex(request.body ?? ''), region, service, credentials, time: time.toISOString(), ...extra }))
}

// Requests of any shape.
for (let i = 0; i < count; i++) {
  const credentials = keysOf()
  const region = pick(['us-west-2', 'eu-central-1', 'cn-north-1', 'us-gov-west-1'])
  const service = pick(['bedrock-agentcore', 'sts'])
  const time = timeOf()
  const query = {}
  for (let n = random(5); n > 0; n--) {
    const name = 'k' + text(3)
    query[name] = random(4) ? text(4) : [text(3), text(3), '']
  }
  const port = random(3) ? undefined : 1024 + random(60000)
  const hostname = pick(['bedrock-agentcore.us-west-2.amazonaws.com', 'localhost', '127.0.0.1'])
  const headers = { host: hostname + (port ? ':' + port : ''), 'content-type': 'application/json' }
  for (let n = random(4); n > 0; n--)
    headers['X-Custom-' + random(100)] = pick(['plain', ' padded ', 'two  spaces   inside', 'a,b', '', 'q="1; x"'])
  const path = '/' + Array.from({ length: random(4) }, () => 'p' + encoded(text(4))).join('/')
  const request = { method: pick(['GET', 'POST', 'PUT', 'DELETE']), protocol: 'https:', hostname, port, path, query, headers, body: random(3) ? text(20) : undefined }
  if (random(4)) {
    const signed = await signerOf(credentials, region, service).sign(request, { signingDate: time })
    const sent = Object.entries(headers).filter(([name]) => name !== 'host')
    line('header', request, credentials, region, service, time, { headers: sent, authorization: signed.headers.authorization })
  } else {
    const bare = { ...request, method: 'GET', body: undefined, headers: { host: headers.host } }
    const expires = 1 + random(300)
    const signed = await signerOf(credentials, region, service).presign(bare, { signingDate: time, expiresIn: expires })
    line('presign', bare, credentials, region, service, time, { headers: [], expires, signature: signed.query['X-Amz-Signature'] })
  }
}

// A body that is sent in pieces, with a file in it.
for (const size of [0, 1, 2, 49151, 49152, 49153, 200000]) {
  const credentials = keysOf()
  const time = timeOf()
  const file = Buffer.from(Array.from({ length: size }, () => random(256)))
  const headers = { host: 'bedrock-agentcore.us-west-2.amazonaws.com', 'content-type': 'application/json' }
  const request = { method: 'POST', protocol: 'https:', hostname: headers.host, path: '/runtimes/x/invocations', query: {}, headers, body: `{"data":"${file.toString('base64')}"}` }
  const signed = await signerOf(credentials, 'us-west-2', 'bedrock-agentcore').sign(request, { signingDate: time })
  line('file', { ...request, body: undefined }, credentials, 'us-west-2', 'bedrock-agentcore', time, { file: hex(file), headers: [['content-type', 'application/json']], authorization: signed.headers.authorization })
}

// What the SDK's own client sends, caught just before the network.
for (let i = 0; i < count / 10; i++) {
  const credentials = keysOf()
  const region = pick(['us-west-2', 'eu-west-1'])
  let caught
  const client = new BedrockAgentCoreClient({
    region, credentials,
    requestHandler: { handle: async (request) => { caught = request; throw new Error('caught') } },
    maxAttempts: 1,
  })
  const arn = `arn:aws:bedrock-agentcore:${region}:123456789012:runtime/agent_${random(1000)}-AbCdEf1234`
  const session = 's'.repeat(33) + random(1e6)
  const command = random(3)
    ? new InvokeAgentRuntimeCommand({ agentRuntimeArn: arn, qualifier: pick(['DEFAULT', 'prod', 'v_2']), runtimeSessionId: session, contentType: 'application/json', accept: 'text/event-stream, application/json', payload: Buffer.from(JSON.stringify({ prompt: text(20) })) })
    : new StopRuntimeSessionCommand({ agentRuntimeArn: arn, qualifier: 'prod', runtimeSessionId: session, clientToken: 'c'.repeat(36) })
  await client.send(command).catch(() => {})
  const { authorization, ...headers } = caught.headers
  const names = /SignedHeaders=([^,]*)/.exec(authorization)[1].split(';')
  const stamp = headers['x-amz-date']
  const time = new Date(stamp.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z'))
  const sent = Object.entries(headers).filter(([name]) => names.includes(name) && !['host', 'x-amz-date', 'x-amz-security-token'].includes(name))
  line('client', caught, credentials, region, 'bedrock-agentcore', time, { headers: sent, authorization })
}
