// SPDX-License-Identifier: Apache-2.0
// WebSockets by the ws library, and faults by hand. The path says which. What begins with /runtimes/ is the
// service's front: it checks the handshake with the AWS SDK's own signer, in the headers or in the address,
// or wants the bearer token "good-token", and then echoes what it found.
import { createHash } from 'node:crypto'
import http from 'node:http'
import { WebSocketServer } from 'ws'
import { proofOf, refuse, refuseProof } from './proofs.mjs'

const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, autoPong: true })
const deaf = new WebSocketServer({ noServer: true, perMessageDeflate: false, autoPong: false })
let opened = 0

const accept = (key) => createHash('sha1').update(key + '258EAFA5-E914-47DA-95CA-C5AB0DC85B11').digest('base64')
const switching = (request, extra = '', answer = accept(request.headers['sec-websocket-key'])) =>
  `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${answer}\r\n${extra}\r\n`
const frame = (first, payload, length = payload.length) =>
  Buffer.concat([length < 126 ? Buffer.from([first, length]) : Buffer.from([first, 126, length >> 8, length & 255]), payload])
const text = (words) => frame(0x81, Buffer.from(words))

const front = async (request, socket, head) => {
  const proof = await proofOf(request)
  if (proof) sockets.handleUpgrade(request, socket, head, (ws) => ws.send(JSON.stringify(proof)))
  else refuseProof(socket)
}

const ways = {
  echo: (request, socket, head) => sockets.handleUpgrade(request, socket, head, (ws) => ws.on('message', (data, isBinary) => ws.send(data, { binary: isBinary }))),
  close: (request, socket, head, url) => sockets.handleUpgrade(request, socket, head, (ws) => ws.on('message', () => ws.close(Number(url.searchParams.get('code')) || undefined, url.searchParams.get('reason') ?? ''))),
  speaks: (request, socket, head) => sockets.handleUpgrade(request, socket, head, (ws) => ws.send('first')),
  fragments: (request, socket, head) => sockets.handleUpgrade(request, socket, head, (ws) => {
    for (const piece of ['{"text":', '"é', ' and ', '語']) ws.send(piece, { fin: false })
    ws.ping('between')
    ws.send('"}', { fin: true })
  }),
  flood: (request, socket, head, url) => sockets.handleUpgrade(request, socket, head, (ws) => {
    for (let i = 0; i < Number(url.searchParams.get('count')); ++i) ws.send(`${i}`)
    ws.close(1000)
  }),
  huge: (request, socket, head) => sockets.handleUpgrade(request, socket, head, (ws) => {
    ws.on('close', (code) => (ways.lastCode = code))
    ws.send('x'.repeat(17 * 1024 * 1024))
  }),
  deaf: (request, socket, head) => deaf.handleUpgrade(request, socket, head, (ws) => ws.on('error', () => {})),
  refused: (request, socket, head, url) => refuse(socket, Number(url.searchParams.get('status')), url.searchParams.get('body') ?? '{}', url.searchParams.get('type') ? { 'x-amzn-errortype': url.searchParams.get('type') } : {}),
  redirect: (request, socket) => refuse(socket, 307, '', { location: '/echo' }),
  plain: (request, socket) => refuse(socket, 200, '{"hello":"there"}'),
  page: (request, socket) => refuse(socket, 200, '<html>sign in</html>', { 'content-type': 'text/html' }),
  garbage: (request, socket) => socket.end('220 mail.example ESMTP\r\n'),
  cold: (request, socket, head, url) => setTimeout(() => ways.echo(request, socket, head), Number(url.searchParams.get('ms'))),
  never: () => {},
  wrongAccept: (request, socket) => socket.write(switching(request, '', accept('another'))),
  noUpgrade: (request, socket) => socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: keep-alive\r\n\r\n'),
  extension: (request, socket) => socket.write(switching(request, 'Sec-WebSocket-Extensions: permessage-deflate\r\n')),
  withLength: (request, socket) => socket.write(Buffer.concat([Buffer.from(switching(request, 'Content-Length: 0\r\n')), text('at once')])),
  cutFrame: (request, socket) => {
    socket.write(Buffer.concat([Buffer.from(switching(request)), text('whole'), frame(0x81, Buffer.from('hal'), 20)]))
    setTimeout(() => socket.destroy(), 50)
  },
  cutHead: (request, socket) => {
    socket.write(switching(request).slice(0, 40))
    setTimeout(() => socket.destroy(), 50)
  },
  badUtf8: (request, socket) => socket.write(Buffer.concat([Buffer.from(switching(request)), frame(0x81, Buffer.from([0x61, 0xff, 0xfe]))])),
  masked: (request, socket) => socket.write(Buffer.concat([Buffer.from(switching(request)), Buffer.from([0x81, 0x81, 1, 2, 3, 4, 0x60])])),
  reserved: (request, socket) => socket.write(Buffer.concat([Buffer.from(switching(request)), frame(0xc1, Buffer.from('x'))])),
}

const server = http.createServer((request, response) => {
  response.end(JSON.stringify({ opened, lastCode: ways.lastCode ?? 0 }))
})
server.on('upgrade', (request, socket, head) => {
  ++opened
  socket.on('error', () => {})
  const url = new URL(request.url, 'http://localhost')
  const way = ways[url.pathname.slice(1)]
  if (url.pathname.startsWith('/runtimes/')) front(request, socket, head)
  else if (way) way(request, socket, head, url)
  else refuse(socket, 404, JSON.stringify({ message: 'no such place' }))
})
process.on('SIGTERM', () => process.exit(0))
server.listen(0, '127.0.0.1', () => console.log(`listening on ${server.address().port}`))
