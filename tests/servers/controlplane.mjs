// SPDX-License-Identifier: Apache-2.0
// Stands in for AgentCore's control plane: an account with 250 runtimes, listed in pages. Signatures are
// checked with the AWS SDK's own signer. Whose access key id ends in DENIED may list nothing, NOENDPOINTS
// may list runtimes only, EMPTY has an account without any. What it answers is read by the AWS SDK's own client in controlclient.mjs, too.
import http from 'node:http'
import { SignatureV4 } from '@smithy/signature-v4'
import { Sha256 } from '@aws-crypto/sha256-js'

const keys = { AKIDLIST: 'list/secret+key', AKIDDENIED: 'denied/secret', AKIDNOENDPOINTS: 'half/secret', AKIDEMPTY: 'empty/secret' }
const region = process.env.REGION ?? 'us-west-2'
const partition = region.startsWith('cn-') ? 'aws-cn' : 'aws'
const time = (minutes) => new Date(Date.UTC(2026, 0, 1, 0, minutes)).toISOString()
const arnOf = (id) => `arn:${partition}:bedrock-agentcore:${region}:123456789012:runtime/${id}`

// Runtimes 0 to 249; every third wants tokens, and the protocols take turns.
const protocols = [undefined, 'HTTP', 'MCP', 'A2A', 'AGUI']
const names = Array.from({ length: 250 }, (_, index) => `agent_${String(index).padStart(3, '0')}`)
const idOf = (index) => `${names[index]}-AbCdEf${String(1000 + index)}`
const statuses = ['READY', 'READY', 'READY', 'UPDATING', 'UPDATE_FAILED', 'CREATING', 'CREATE_FAILED', 'DELETING']
const runtime = (index, version = String((index % 9) + 1)) => ({
  agentRuntimeArn: arnOf(idOf(index)), agentRuntimeId: idOf(index), agentRuntimeVersion: version, agentRuntimeName: names[index],
  description: index % 2 ? `Agent number ${index}, “quoted”` : '', lastUpdatedAt: time(index), status: statuses[index % statuses.length],
})
const jwt = (index) => ({
  customJWTAuthorizer: {
    discoveryUrl: `https://cognito-idp.${region}.amazonaws.com/${region}_Pool${index}/.well-known/openid-configuration`,
    allowedClients: [`client${index}`], allowedAudience: ['aud 1', 'aud 2'], allowedScopes: ['agents/invoke'],
    customClaims: [
      { inboundTokenClaimName: 'team', inboundTokenClaimValueType: 'STRING', authorizingClaimMatchValue: { claimMatchValue: { matchValueString: 'red' }, claimMatchOperator: 'EQUALS' } },
      { inboundTokenClaimName: 'groups', inboundTokenClaimValueType: 'STRING_ARRAY', authorizingClaimMatchValue: { claimMatchValue: { matchValueStringList: ['a', 'b'] }, claimMatchOperator: 'CONTAINS_ANY' } },
    ],
  },
})
// Version 1 of every runtime is signed with AWS keys; what came later may want tokens.
const details = (index, version) => {
  const shown = runtime(index, version)
  const wantsToken = index % 3 === 0 && shown.agentRuntimeVersion !== '1'
  const protocol = protocols[index % protocols.length]
  return {
    ...shown, createdAt: time(0), roleArn: 'arn:aws:iam::123456789012:role/agents', failureReason: shown.status.endsWith('FAILED') ? 'The image was not found.' : undefined,
    networkConfiguration: index % 4 ? { networkMode: 'PUBLIC' } : { networkMode: 'VPC', networkModeConfig: { securityGroups: ['sg-1'], subnets: ['subnet-1'] } },
    lifecycleConfiguration: { idleRuntimeSessionTimeout: 900, maxLifetime: 28800 },
    workloadIdentityDetails: { workloadIdentityArn: 'arn:aws:bedrock-agentcore:us-west-2:123456789012:workload-identity/1' },
    agentRuntimeArtifact: { containerConfiguration: { containerUri: '123456789012.dkr.ecr.us-west-2.amazonaws.com/agent:1' } },
    protocolConfiguration: protocol && { serverProtocol: protocol },
    environmentVariables: { DATABASE_PASSWORD: 'canary-environment-secret' },
    authorizerConfiguration: wantsToken ? jwt(index) : undefined,
    requestHeaderConfiguration: index % 2 ? { requestHeaderAllowlist: ['X-Tenant', 'Authorization'] } : undefined,
  }
}
// What "prod" serves can be moved while the program runs: PUT /test/live/<version>.
let live = '3'
const endpointNames = (index) => ['DEFAULT', 'prod', ...(index === 7 ? Array.from({ length: 120 }, (_, other) => `stage_${other}`) : [])]
const endpoint = (index, name) => ({
  name, liveVersion: name === 'prod' ? live : runtime(index).agentRuntimeVersion, targetVersion: runtime(index).agentRuntimeVersion,
  agentRuntimeEndpointArn: `${arnOf(idOf(index))}/runtime-endpoint/${name}`, agentRuntimeArn: arnOf(idOf(index)),
  status: name === 'prod' ? 'UPDATING' : 'READY', id: name, description: `Endpoint ${name}`, createdAt: time(1), lastUpdatedAt: time(2),
})

const answer = (response, status, value, type) => {
  response.writeHead(status, { 'content-type': 'application/json', 'x-amzn-requestid': 'control-1', ...(type ? { 'x-amzn-errortype': type } : {}) })
  response.end(JSON.stringify(value))
}

const signer = async (request, path, query, body) => {
  const told = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d+)\/([^/]+)\/([^/]+)\/aws4_request, SignedHeaders=([^,]+), Signature=[0-9a-f]{64}$/.exec(request.headers.authorization ?? '')
  if (!told || !keys[told[1]] || told[3] !== region || told[4] !== 'bedrock-agentcore') return undefined
  const stamp = request.headers['x-amz-date']
  const signed = told[5].split(';')
  const headers = Object.fromEntries(signed.filter((name) => name !== 'x-amz-date').map((name) => [name, request.headers[name]]))
  const again = await new SignatureV4({
    credentials: { accessKeyId: told[1], secretAccessKey: keys[told[1]] }, region, service: 'bedrock-agentcore', sha256: Sha256, applyChecksum: false,
  }).sign({ method: request.method, protocol: 'http:', hostname: 'control', path, query, headers, body },
    { signingDate: new Date(stamp.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z')) })
  return signed.includes('host') && again.headers.authorization === request.headers.authorization ? told[1] : undefined
}

const page = (response, member, all, query) => {
  const size = Number(query.maxResults ?? 100)
  if (!(size >= 1 && size <= 100)) return answer(response, 400, { message: 'maxResults', reason: 'FieldValidationFailed' }, 'ValidationException')
  // Tokens of the service hold characters that a query must encode.
  const from = query.nextToken === undefined ? 0 : Number(/^at\+\/= (\d+)$/.exec(query.nextToken)?.[1])
  if (Number.isNaN(from)) return answer(response, 400, { message: 'nextToken', reason: 'FieldValidationFailed' }, 'ValidationException')
  const end = from + size
  answer(response, 200, { [member]: all.slice(from, end), ...(end < all.length ? { nextToken: `at+/= ${end}` } : {}) })
}

let throttled = 0
const route = (request, response, path, query, who) => {
  const denied = (action) => answer(response, 403, { message: `User: arn:aws:iam::123456789012:user/ann is not authorized to perform: bedrock-agentcore:${action}` }, 'AccessDeniedException')
  // The model's paths end with a slash; the AWS SDK for JavaScript leaves it out.
  const told = /^\/runtimes(?:\/([^/]+)(?:\/(versions|runtime-endpoints)(?:\/([^/]+))?)?)?\/?$/.exec(path)
  if (!told) return answer(response, 404, { message: 'no such path' }, 'UnknownOperationException')
  const [, id, list, name] = told.map((part) => part && decodeURIComponent(part))
  const index = id === undefined ? 0 : names.findIndex((_, at) => idOf(at) === id)
  const wanted = !id || (list && !name) ? 'POST' : 'GET'
  if (request.method !== wanted) return answer(response, 405, { message: `only ${wanted}` }, 'UnknownOperationException')
  if (who === 'AKIDDENIED' || (who === 'AKIDNOENDPOINTS' && list)) return denied(id ? 'ListAgentRuntimeEndpoints' : 'ListAgentRuntimes')
  if (index < 0) return answer(response, 404, { message: `Agent runtime ${id} was not found.` }, 'ResourceNotFoundException')
  if (!id) {
    // Once, on the way, as a busy account is told.
    if (query.nextToken && !throttled++) return answer(response, 429, { message: 'Rate exceeded' }, 'ThrottlingException')
    return page(response, 'agentRuntimes', (who === 'AKIDEMPTY' ? [] : names).map((_, at) => runtime(at)), query)
  }
  if (list === 'versions') return page(response, 'agentRuntimes', Array.from({ length: (index % 9) + 1 }, (_, at) => runtime(index, String(at + 1))), query)
  if (list && !name) return page(response, 'runtimeEndpoints', endpointNames(index).map((one) => endpoint(index, one)), query)
  if (name && !endpointNames(index).includes(name)) return answer(response, 404, { message: `Endpoint ${name} was not found.` }, 'ResourceNotFoundException')
  if (name) return answer(response, 200, endpoint(index, name))
  answer(response, 200, details(index, query.version))
}

const server = http.createServer((request, response) => {
  const pieces = []
  request.on('data', (piece) => pieces.push(piece))
  request.on('end', async () => {
    const [path, text] = request.url.split('?')
    if (path.startsWith('/test/live/')) {
      live = path.slice('/test/live/'.length)
      return answer(response, 200, {})
    }
    const query = Object.fromEntries((text ?? '').split('&').filter(Boolean).map((pair) => pair.split('=').map(decodeURIComponent)))
    const who = await signer(request, path, query, Buffer.concat(pieces))
    if (!who) return answer(response, 403, { message: 'The request signature we calculated does not match the signature you provided.' }, 'InvalidSignatureException')
    route(request, response, path, query, who)
  })
})
server.listen(0, '127.0.0.1', () => console.log(`listening on ${server.address().port}`))
