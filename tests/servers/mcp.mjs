// SPDX-License-Identifier: Apache-2.0
// An MCP server on the protocol's own SDK, over streamable HTTP, with sessions. GET /asked tells what came;
// GET /forget ends all sessions; PARLANCE_JSON=1 makes it answer with JSON instead of events.
import http from 'node:http'
import { randomUUID } from 'node:crypto'
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js'
import { ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js'
import { z } from 'zod'

const asked = []
const sessions = new Map()
const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=='

const makeServer = () => {
  const server = new McpServer({ name: 'tools', version: '1.0.0' }, { capabilities: { logging: {} } })
  server.registerTool('add', {
    title: 'Add',
    description: 'Adds two numbers',
    inputSchema: { a: z.number().describe('First'), b: z.number().int().min(0) },
    outputSchema: { sum: z.number() },
    annotations: { readOnlyHint: true },
  }, ({ a, b }) => ({ content: [{ type: 'text', text: `${a + b}` }], structuredContent: { sum: a + b } }))
  server.registerTool('book', {
    description: 'Books a room',
    inputSchema: {
      room: z.enum(['single', 'double']).default('single'),
      guests: z.array(z.string()).min(1),
      breakfast: z.boolean().optional(),
      address: z.object({ city: z.string(), zip: z.string().optional() }).optional(),
    },
  }, (input) => ({ content: [{ type: 'text', text: JSON.stringify(input) }] }))
  server.registerTool('picture', { description: 'Draws' }, () => ({
    content: [{ type: 'text', text: 'Here:' }, { type: 'image', data: pixel, mimeType: 'image/png' }],
  }))
  server.registerTool('fail', { description: 'Fails' }, () => ({ content: [{ type: 'text', text: 'No luck' }], isError: true }))
  server.registerTool('slow', { description: 'Takes its time' }, async (extra) => {
    const progressToken = extra._meta?.progressToken
    for (let progress = 1; progress <= 3; ++progress) {
      await extra.sendNotification({ method: 'notifications/progress', params: { progressToken, progress, total: 3 } })
    }
    await extra.sendNotification({ method: 'notifications/message', params: { level: 'info', data: 'nearly there' } })
    return { content: [{ type: 'text', text: 'Done' }] }
  })
  // The SDK's own list is one page.
  const list = server.server._requestHandlers.get('tools/list')
  server.server.setRequestHandler(ListToolsRequestSchema, async (request, extra) => {
    const { tools } = await list({ method: 'tools/list', params: {} }, extra)
    return request.params?.cursor === 'more' ? { tools: tools.slice(2) } : { tools: tools.slice(0, 2), nextCursor: 'more' }
  })
  return server
}

const httpServer = http.createServer(async (request, response) => {
  const url = new URL(request.url, 'http://localhost')
  if (url.pathname === '/asked') return response.end(JSON.stringify(asked))
  if (url.pathname === '/forget') {
    sessions.clear()
    return response.end('{}')
  }
  if (url.pathname !== '/mcp') return response.writeHead(404).end('{"error":"no such place"}')
  let body = ''
  for await (const piece of request) body += piece
  const message = JSON.parse(body || 'null')
  asked.push({ method: message?.method, session: request.headers['mcp-session-id'] ?? '', version: request.headers['mcp-protocol-version'] ?? '' })
  let transport = sessions.get(request.headers['mcp-session-id'])
  if (!transport && message?.method === 'initialize') {
    transport = new StreamableHTTPServerTransport({
      sessionIdGenerator: () => randomUUID(),
      enableJsonResponse: process.env.PARLANCE_JSON === '1',
      onsessioninitialized: (id) => sessions.set(id, transport),
    })
    await makeServer().connect(transport)
  }
  if (!transport) return response.writeHead(404, { 'content-type': 'application/json' }).end('{"jsonrpc":"2.0","error":{"code":-32001,"message":"Session not found"},"id":null}')
  await transport.handleRequest(request, response, message)
})
process.on('SIGTERM', () => process.exit(0))
httpServer.listen(0, '127.0.0.1', () => console.log(`listening on ${httpServer.address().port}`))
