// SPDX-License-Identifier: Apache-2.0
// A machine that runs commands as a runtime does at /commands: each line by a bash of its own, what it writes
// framed by the AWS SDK's event-stream codec. Refuses what the service's model refuses. Where a token is in
// TOKEN it must be sent. GET /test/running says how many commands run, /test/ran how many were taken.
import http from 'node:http'
import { spawn } from 'node:child_process'
import { EventStreamCodec } from '@smithy/eventstream-codec'
import { fromUtf8, toUtf8 } from '@smithy/util-utf8'

const codec = new EventStreamCodec(toUtf8, fromUtf8)
const string = (value) => ({ type: 'string', value })
const frame = (payload) =>
  codec.encode({
    headers: { ':event-type': string('chunk'), ':content-type': string('application/json'), ':message-type': string('event') },
    body: fromUtf8(JSON.stringify(payload)),
  })
const refuse = (response, status, type, message) => {
  response.writeHead(status, { 'content-type': 'application/json', 'x-amzn-errortype': type, 'x-amzn-requestid': 'commands-1' })
  response.end(JSON.stringify({ message }))
}

let running = 0
let ran = 0
const longestPiece = 48 * 1024
const run = (response, session, { command, timeout = 300 }) => {
  response.writeHead(200, {
    'content-type': 'application/vnd.amazon.eventstream', 'x-amzn-requestid': 'commands-1',
    'x-amzn-bedrock-agentcore-runtime-session-id': session,
  })
  response.write(frame({ contentStart: {} }))
  running += 1
  ran += 1
  const child = spawn('bash', ['-c', command], { stdio: ['ignore', 'pipe', 'pipe'], detached: true, env: { ...process.env, SESSION: session } })
  let hasTimedOut = false
  const end = () => { try { process.kill(-child.pid, 'SIGKILL') } catch { /* it has ended */ } }
  const timer = setTimeout(() => { hasTimedOut = true; end() }, timeout * 1000)
  for (const name of ['stdout', 'stderr']) {
    // A piece may end in the middle of a character.
    const decoder = new TextDecoder()
    const send = (text) => {
      for (let at = 0; at < text.length; at += longestPiece)
        if (!response.write(frame({ contentDelta: { [name]: text.slice(at, at + longestPiece) } }))) {
          child[name].pause()
          response.once('drain', () => child[name].resume())
        }
    }
    child[name].on('data', (bytes) => send(decoder.decode(bytes, { stream: true })))
    child[name].on('end', () => send(decoder.decode()))
  }
  response.on('close', end)
  child.on('close', (code) => {
    running -= 1
    clearTimeout(timer)
    response.end(frame({ contentStop: hasTimedOut ? { exitCode: -1, status: 'TIMED_OUT' } : { exitCode: code ?? -1, status: 'COMPLETED' } }))
  })
}

const server = http.createServer((request, response) => {
  const told = { '/test/running': running, '/test/ran': ran }[request.url]
  if (told !== undefined) return response.end(String(told))
  const pieces = []
  request.on('data', (piece) => pieces.push(piece))
  request.on('end', () => {
    if (request.method !== 'POST' || !/\/commands(\?|$)/.test(request.url))
      return refuse(response, 404, 'ResourceNotFoundException', 'No endpoint or agent found with that ARN.')
    if (process.env.TOKEN && request.headers.authorization !== `Bearer ${process.env.TOKEN}`)
      return refuse(response, 403, 'AccessDeniedException', 'OAuth authorization failed: Failed to parse token')
    const session = request.headers['x-amzn-bedrock-agentcore-runtime-session-id'] ?? ''
    if (session.length < 33) return refuse(response, 400, 'ValidationException', 'The session id is too short.')
    let body
    try {
      body = JSON.parse(Buffer.concat(pieces))
    } catch {
      return refuse(response, 400, 'ValidationException', 'The body is no JSON.')
    }
    const timeout = body.timeout ?? 300
    if (typeof body.command !== 'string' || !body.command || body.command.length > 65536 || !Number.isInteger(timeout) || timeout < 1 || timeout > 3600)
      return refuse(response, 400, 'ValidationException', 'The command or its time-out is out of range.')
    run(response, session, body)
  })
})
server.listen(0, '127.0.0.1', () => console.log(`listening on ${server.address().port}`))
process.on('SIGTERM', () => process.exit())
