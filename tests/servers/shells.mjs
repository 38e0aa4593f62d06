// SPDX-License-Identifier: Apache-2.0
// The service's shells: a real bash on a terminal of its own behind each WebSocket to
// /runtimes/…/ws/shells, with the frames, the replay and the limits of the service. A runtime whose name
// begins with "iam" wants proof as proofs.mjs checks it. Over HTTP a test tells what befalls the connections:
// /cut, /away, /mute, /heartbeat, /announce, /limit, /fault, /text, /gone, /forget (ends all shells),
// /refuse?status=…&error=…, /told.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import http from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { WebSocketServer } from 'ws'
import { proofOf, refuse, refuseProof, sessionOf } from './proofs.mjs'

const mostReplayed = 256 * 1024
const mostShells = 10
const longestFrame = 64 * 1024
const helper = fileURLToPath(new URL('onterminal.py', import.meta.url))
const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: longestFrame })
const home = mkdtempSync(path.join(tmpdir(), 'shells-'))
const shells = new Map() // by session and id
const told = { connections: 0, heartbeats: 0, longestInput: 0, sizes: [], handshakes: [] }
let refusal = null

const frame = (channel, payload = '') => Buffer.concat([Buffer.from([channel]), Buffer.from(payload)])
const status = (fields) => frame(3, JSON.stringify({ kind: 'Status', apiVersion: 'v1', ...fields }))
const confirmation = (shell, reconnected, more = {}) =>
  status({ metadata: { shellId: shell.id, reconnected, ...more }, status: 'Success' })

const exitStatus = ([how, number]) => {
  if (how === 'exit' && number === 0) return status({ metadata: {}, status: 'Success' })
  const code = how === 'signal' ? 128 + number : number
  const causes = [{ reason: 'ExitCode', message: `${code}` }]
  if (how === 'signal') causes.push({ reason: 'Signal', message: `${number}` })
  return status({
    metadata: {}, status: 'Failure', reason: 'NonZeroExitCode',
    message: `command terminated with exit code ${code}`, details: { causes },
  })
}

class Shell {
  constructor(key, id) {
    Object.assign(this, { key, id, ws: null, held: Buffer.alloc(0), dropped: 0 })
    const environment = {
      PATH: process.env.PATH, HOME: home, TERM: 'xterm-256color', LANG: 'C.UTF-8',
      HISTFILE: '/dev/null', VIMINIT: 'set nocompatible nomodeline viminfo= noswapfile shortmess+=I',
    }
    this.process = spawn('python3', [helper, 'bash', '--noprofile', '--norc'], {
      cwd: home, env: environment, stdio: ['pipe', 'pipe', 'inherit', 'pipe', 'pipe'],
    })
    let end = ''
    this.process.stdin.on('error', () => {})
    this.process.stdio[3].on('error', () => {})
    this.process.stdout.on('data', (bytes) => this.write(bytes))
    this.process.stdio[4].on('data', (bytes) => (end += bytes))
    this.process.on('close', () => {
      shells.delete(this.key)
      const [how, number] = end.trim().split(' ')
      this.ws?.send(exitStatus([how, Number(number)]))
      this.ws?.close(1000)
    })
  }
  write(bytes) {
    if (this.ws) {
      this.ws.send(frame(1, bytes))
      return
    }
    this.held = Buffer.concat([this.held, bytes])
    const tooMuch = Math.max(0, this.held.length - mostReplayed)
    this.held = this.held.subarray(tooMuch)
    this.dropped += tooMuch
  }
  attach(ws, reconnected) {
    this.ws?.close(4000, 'another client connected')
    this.ws = ws
    ws.send(confirmation(this, reconnected))
    if (this.held.length > 0) ws.send(frame(1, this.held))
    if (reconnected) ws.send(confirmation(this, true, this.dropped > 0 ? { bytesDropped: this.dropped } : {}))
    this.held = Buffer.alloc(0)
    this.dropped = 0
    ws.on('message', (data, isBinary) => this.read(data, isBinary))
    ws.on('error', () => {})
    ws.on('close', () => {
      if (this.ws === ws) this.ws = null
    })
  }
  read(data, isBinary) {
    if (!isBinary) return this.ws?.close(1003)
    const payload = data.subarray(1)
    switch (data[0]) {
      case 0:
        told.longestInput = Math.max(told.longestInput, data.length)
        return this.process.stdin.write(payload)
      case 4: {
        const { width, height } = JSON.parse(payload)
        told.sizes.push([width, height])
        return this.process.stdio[3].write(`${width} ${height}\n`)
      }
      case 5:
        return ++told.heartbeats
      case 255:
        this.process.stdin.end()
    }
  }
}

const open = (request, socket, head, id) => {
  const session = sessionOf(request)
  const key = `${session} ${id}`
  if (!shells.has(key) && [...shells.keys()].filter((known) => known.startsWith(session)).length >= mostShells) {
    refuse(socket, 424, JSON.stringify({ error: 'The session has 10 shells open already.' }))
    return
  }
  sockets.handleUpgrade(request, socket, head, (ws) => {
    ++told.connections
    const known = shells.get(key)
    const shell = known ?? new Shell(key, id)
    shells.set(key, shell)
    shell.attach(ws, Boolean(known))
  })
}

// How many each session has.
const counts = () => {
  const found = {}
  for (const key of shells.keys()) {
    const session = key.split(' ')[0]
    found[session] = (found[session] ?? 0) + 1
  }
  return found
}

const live = () => [...shells.values()].filter((shell) => shell.ws)
const befall = {
  cut: (shell) => shell.ws.terminate(),
  away: (shell) => shell.ws.close(1001),
  // The service has noticed, and the other end has not.
  mute: (shell) => {
    shell.ws._socket.pause()
    shell.ws = null
  },
  heartbeat: (shell) => shell.ws.send(frame(5)),
  announce: (shell) => {
    shell.ws.send(frame(255))
    shell.ws.close(1001)
  },
  limit: (shell) => shell.ws.close(1008, 'too many frames'),
  fault: (shell) => {
    shell.ws.send(status({ metadata: {}, status: 'Failure', reason: 'InternalError', message: 'no machine', code: 500 }))
    shell.ws.close(1011)
  },
  text: (shell) => {
    shell.ws.send('{"not":"a frame"}')
    shell.ws.send(frame(9, 'of a later version'))
    shell.ws.send(frame(2, 'The machine is busy.'))
  },
  // The machine goes, and with it every shell that was on it.
  gone: (shell) => {
    const { ws } = shell
    shells.delete(shell.key)
    shell.ws = null
    shell.process.stdin.end()
    ws.terminate()
  },
}

const server = http.createServer((request, response) => {
  const url = new URL(request.url, 'http://localhost')
  const name = url.pathname.slice(1)
  if (name === 'refuse') refusal = url.searchParams.get('status') ? Object.fromEntries(url.searchParams) : null
  else if (name === 'forget') shells.forEach((shell) => shell.process.stdin.end())
  else if (befall[name]) live().forEach(befall[name])
  response.end(JSON.stringify({ ...told, open: live().length, shells: counts() }))
})
server.on('upgrade', async (request, socket, head) => {
  socket.on('error', () => {})
  const url = new URL(request.url, 'http://localhost')
  const id = url.searchParams.get('shellId') ?? ''
  const runtime = decodeURIComponent(url.pathname)
  if (!runtime.endsWith('/ws/shells') || !/^[a-zA-Z0-9][a-zA-Z0-9_-]{0,127}$/.test(id)) {
    refuse(socket, 400, JSON.stringify({ message: 'There is no shell here.' }), { 'x-amzn-errortype': 'ValidationException' })
    return
  }
  const proof = runtime.includes(':runtime/iam') ? await proofOf(request) : { how: 'none' }
  told.handshakes.push({ how: proof?.how, qualifier: url.searchParams.get('qualifier') })
  if (!proof) refuseProof(socket)
  else if (refusal) refuse(socket, Number(refusal.status), JSON.stringify({ error: refusal.error }))
  else open(request, socket, head, id)
})
process.on('SIGTERM', () => process.exit(0))
process.on('exit', () => {
  for (const shell of shells.values()) shell.process.kill()
  rmSync(home, { recursive: true, force: true })
})
server.listen(0, '127.0.0.1', () => console.log(`listening on ${server.address().port}`))
