// SPDX-License-Identifier: Apache-2.0
// How the handshake of a WebSocket proves who asks, checked with the AWS SDK's own signer: in the headers, in
// the address, or by the bearer token "good-token".
import './webcrypto.mjs'
import { SignatureV4 } from '@smithy/signature-v4'
import { Sha256 } from '@aws-crypto/sha256-js'

const keys = {
  AKIDGATE: { secretAccessKey: 'gate/secret+key' },
  AKIDSESSION: { secretAccessKey: 'gate/session+key', sessionToken: 'session/token+==' },
}
const sessionHeader = 'x-amzn-bedrock-agentcore-runtime-session-id'

const pairs = (query) => (query ?? '').split('&').filter(Boolean).map((pair) => pair.split('=').map(decodeURIComponent))
const timeOf = (stamp) => new Date(stamp.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z'))
const signerFor = (id, region) =>
  new SignatureV4({ credentials: { accessKeyId: id, ...keys[id] }, region, service: 'bedrock-agentcore', sha256: Sha256, applyChecksum: false })

const checkHeaders = async (request, path, query) => {
  const told = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/\d+\/([^/]+)\/[^/]+\/aws4_request, SignedHeaders=([^,]+), Signature=[0-9a-f]{64}$/.exec(request.headers.authorization ?? '')
  if (!told || !keys[told[1]]) return null
  const headers = {}
  for (const name of told[3].split(';')) {
    if (!['x-amz-date', 'x-amz-security-token'].includes(name)) headers[name] = request.headers[name]
  }
  const again = await signerFor(told[1], told[2]).sign(
    { method: 'GET', protocol: 'https:', hostname: 'gate', path, query: Object.fromEntries(pairs(query)), headers },
    { signingDate: timeOf(request.headers['x-amz-date']) })
  return again.headers.authorization === request.headers.authorization ? 'headers' : null
}
const checkAddress = async (request, path, query) => {
  const fields = Object.fromEntries(pairs(query))
  const [id, , region] = (fields['X-Amz-Credential'] ?? '').split('/')
  if (!keys[id] || !(Number(fields['X-Amz-Expires']) <= 300)) return null
  const made = timeOf(fields['X-Amz-Date'])
  if (Date.now() > made.getTime() + Number(fields['X-Amz-Expires']) * 1000) return null
  const plain = Object.fromEntries(Object.entries(fields).filter(([name]) => !/^x-amz-/i.test(name)))
  const again = await signerFor(id, region).presign(
    { method: 'GET', protocol: 'https:', hostname: 'gate', path, query: plain, headers: { host: request.headers.host } },
    { signingDate: made, expiresIn: Number(fields['X-Amz-Expires']) })
  return again.query['X-Amz-Signature'] === fields['X-Amz-Signature'] ? 'address' : null
}

export const refuse = (socket, status, body, headers = {}) => {
  const lines = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), 'x-amzn-requestid': 'socket-1', ...headers }
  socket.end(`HTTP/1.1 ${status} Refused\r\n${Object.entries(lines).map(([k, v]) => `${k}: ${v}\r\n`).join('')}\r\n${body}`)
}
export const refuseProof = (socket) =>
  refuse(socket, 403, JSON.stringify({ message: 'The request signature we calculated does not match the signature you provided.' }), { 'x-amzn-errortype': 'InvalidSignatureException:http://internal' })

export const sessionOf = (request) =>
  request.headers[sessionHeader] ?? Object.fromEntries(pairs(request.url.split('?')[1]))['X-Amzn-Bedrock-AgentCore-Runtime-Session-Id']

export const proofOf = async (request) => {
  const [path, query] = request.url.split('?')
  const how = request.headers.authorization === 'Bearer good-token' ? 'bearer'
    : request.headers.authorization ? await checkHeaders(request, path, query) : await checkAddress(request, path, query)
  return how && { how, session: sessionOf(request), path }
}
