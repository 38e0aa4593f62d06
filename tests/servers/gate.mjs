// SPDX-License-Identifier: Apache-2.0
// The service's front in front of an agent on the real SDK's server: checks who asks, as AgentCore does,
// and answers refusals with the bodies that the service was seen to answer. A runtime whose name begins
// with "iam" wants Signature Version 4, checked by the AWS SDK's own signer; one that begins with "jwt"
// wants a token of the issuer in ISSUER, checked by a JWT library, from the client in CLIENT and
// for the audience in AUDIENCE, where they are set.
import './webcrypto.mjs'
import { spawn } from 'node:child_process'
import http from 'node:http'
import { SignatureV4 } from '@smithy/signature-v4'
import { Sha256 } from '@aws-crypto/sha256-js'
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose'

const keys = {
  AKIDGATE: { secretAccessKey: 'gate/secret+key' },
  AKIDSESSION: { secretAccessKey: 'gate/session+key', sessionToken: 'session/token+==' },
}
const mismatch =
  "Authorization method mismatch. The agent is configured for a different authorization method than what was used in your request. Check the agent's authorization configuration and ensure your request uses the matching method (OAuth or SigV4)"
const skew = Number(process.env.CLOCK_AHEAD_S ?? 0) * 1000
const now = () => Date.now() + skew

const refuse = (response, status, value, headers = {}) => {
  response.writeHead(status, { 'content-type': 'application/json', date: new Date(now()).toUTCString(), 'x-amzn-requestid': 'gate-1', ...headers })
  response.end(JSON.stringify(value))
}
const rpcError = (message) => ({ jsonrpc: '2.0', error: { code: -32001, message } })
const pairs = (query) =>
  (query ?? '').split('&').filter(Boolean).map((pair) => pair.split('=').map(decodeURIComponent))

const checkSignature = async (request, response, body) => {
  const told = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d+)\/([^/]+)\/([^/]+)\/aws4_request, SignedHeaders=([^,]+), Signature=[0-9a-f]{64}$/.exec(request.headers.authorization)
  const known = told && keys[told[1]]
  if (!known) {
    refuse(response, 403, { message: 'The security token included in the request is invalid.' }, { 'x-amzn-errortype': 'UnrecognizedClientException' })
    return false
  }
  const stamp = request.headers['x-amz-date']
  const time = new Date(stamp.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z'))
  if (Math.abs(time.getTime() - now()) > 300e3) {
    refuse(response, 403, { message: `Signature expired: ${stamp} is now earlier than ${new Date(now() - 300e3).toISOString()}` }, { 'x-amzn-errortype': 'InvalidSignatureException' })
    return false
  }
  const [path, query] = request.url.split('?')
  const names = told[5].split(';')
  const headers = {}
  for (const name of names) {
    // Node.js joins what came more than once.
    if (!['x-amz-date', 'x-amz-security-token'].includes(name)) headers[name] = request.headers[name]
  }
  const fields = {}
  for (const [name, value] of pairs(query)) fields[name] = name in fields ? [fields[name], value].flat() : value
  const again = await new SignatureV4({
    credentials: { accessKeyId: told[1], ...known }, region: told[3], service: 'bedrock-agentcore', sha256: Sha256, applyChecksum: false,
  }).sign({ method: request.method, protocol: 'http:', hostname: 'gate', path, query: fields, headers, body }, { signingDate: time })
  const must = ['host', 'content-type', 'accept', 'x-amz-date', 'x-amzn-bedrock-agentcore-runtime-session-id']
  if (again.headers.authorization === request.headers.authorization && must.every((name) => names.includes(name))) return true
  refuse(response, 403, { message: 'The request signature we calculated does not match the signature you provided.' }, { 'x-amzn-errortype': 'InvalidSignatureException' })
  return false
}

// GET /test/expire: the token that came last has run out, whatever it says.
let lastToken
const expired = new Set()
let keySet
const checkToken = async (request, response) => {
  const token = request.headers.authorization.slice('Bearer '.length)
  try {
    decodeProtectedHeader(token)
  } catch {
    refuse(response, 403, { message: 'OAuth authorization failed: Failed to parse token' })
    return false
  }
  lastToken = token
  if (expired.has(token)) {
    refuse(response, 401, rpcError('Token has expired'), challenge(request))
    return false
  }
  try {
    keySet ??= createRemoteJWKSet(new URL(process.env.JWKS))
    const { payload } = await jwtVerify(token, keySet, { issuer: process.env.ISSUER, currentDate: new Date(now()) })
    if (process.env.CLIENT && payload.client_id !== process.env.CLIENT) {
      refuse(response, 401, rpcError("Claim 'client_id' value mismatch with configuration."))
      return false
    }
    if (process.env.AUDIENCE && ![payload.aud ?? []].flat().includes(process.env.AUDIENCE)) {
      refuse(response, 401, rpcError("Claim 'aud' value mismatch with configuration."))
      return false
    }
    return true
  } catch (error) {
    refuse(response, 401, rpcError(error.code === 'ERR_JWT_EXPIRED' ? 'Token has expired' : 'Invalid token'), challenge(request))
    return false
  }
}

const challenge = (request) => {
  const base = `http://${request.headers.host}${request.url.split('?')[0].replace(/stopruntimesession$/, 'invocations')}`
  return { 'www-authenticate': `Bearer resource_metadata="${base}/.well-known/oauth-protected-resource?${request.url.split('?')[1] ?? ''}"` }
}

// Which sessions were ended, and with which tokens of the client: GET /test/ended.
const ended = []
const stop = (response, session, body) => {
  if (!session || session.length < 33) return refuse(response, 400, { message: 'The session id is too short.', reason: 'FieldValidationFailed' }, { 'x-amzn-errortype': 'ValidationException' })
  ended.push({ session, ...JSON.parse(body.length ? body : '{}') })
  response.writeHead(200, { 'content-type': 'application/json', 'x-amzn-requestid': 'gate-1', 'x-amzn-bedrock-agentcore-runtime-session-id': session })
  response.end()
}

// How many requests reached the agent, and how many were turned away: GET /test/invocations, /test/refusals.
let invocations = 0
let refusals = 0
const handle = async (request, response, body, agent) => {
  if (request.url === '/test/invocations') return refuse(response, 200, invocations)
  if (request.url === '/test/expire') {
    expired.add(lastToken)
    return refuse(response, 200, expired.size)
  }
  if (request.url === '/test/ended') return refuse(response, 200, ended)
  if (request.url === '/test/refusals') return refuse(response, 200, refusals)
  const [, runtime, operation, rest] = /^\/runtimes\/[^/]*%3Aruntime%2F([^/-]+)[^/]*\/(invocations|stopruntimesession)(.*)$/i.exec(request.url) ?? []
  if (!runtime) return refuse(response, 404, { message: 'No endpoint or agent found with that ARN.' }, { 'x-amzn-errortype': 'ResourceNotFoundException' })
  if (rest.startsWith('/.well-known/oauth-protected-resource') && runtime.startsWith('jwt'))
    return refuse(response, 200, { resource: `http://${request.headers.host}${request.url.split('/.well-known')[0]}`, authorization_servers: [process.env.SIGN_IN_AT ?? process.env.ISSUER] })
  const wantsToken = runtime.startsWith('jwt')
  const given = request.headers.authorization ?? ''
  if (!given) {
    if (wantsToken) return refuse(response, 401, rpcError('Missing Authentication Token'), challenge(request))
    return refuse(response, 403, { message: 'Missing Authentication Token' }, { 'x-amzn-errortype': 'MissingAuthenticationTokenException' })
  }
  if (given.startsWith('Bearer ') !== wantsToken) return refuse(response, 403, { message: mismatch }, { 'x-amzn-errortype': 'AccessDeniedException' })
  if (!(wantsToken ? await checkToken(request, response) : await checkSignature(request, response, body))) {
    refusals += 1
    return
  }
  const session = request.headers['x-amzn-bedrock-agentcore-runtime-session-id']
  if (operation === 'stopruntimesession') return stop(response, session, body)
  invocations += 1
  const onward = http.request(`${agent}/invocations`, {
    method: request.method,
    headers: { 'content-type': request.headers['content-type'], accept: request.headers.accept, 'x-amzn-bedrock-agentcore-runtime-session-id': session },
  }, (answer) => {
    response.writeHead(answer.statusCode, { ...answer.headers, 'x-amzn-requestid': 'gate-1', 'x-amzn-bedrock-agentcore-runtime-session-id': session })
    answer.pipe(response)
  })
  onward.end(body)
}

const agent = spawn(process.execPath, ['agent.mjs'], { stdio: ['ignore', 'pipe', 'ignore'] })
process.on('exit', () => agent.kill())
process.on('SIGTERM', () => process.exit())
agent.stdout.on('data', (printed) => {
  const port = /listening on (\d+)/.exec(printed)?.[1]
  if (!port) return
  const server = http.createServer((request, response) => {
    const pieces = []
    request.on('data', (piece) => pieces.push(piece))
    request.on('end', () =>
      handle(request, response, Buffer.concat(pieces), `http://127.0.0.1:${port}`).catch((error) => refuse(response, 500, { message: String(error) })))
  })
  server.listen(0, '127.0.0.1', () => console.log(`listening on ${server.address().port}`))
})
