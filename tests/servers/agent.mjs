// SPDX-License-Identifier: Apache-2.0
// An agent on the real SDK's server. The prompt says which of its ways to answer is wanted.
import { createHash } from 'node:crypto'
import { BedrockAgentCoreApp } from 'bedrock-agentcore/runtime'

// The SDK gives no access to the interval of its heartbeats, which is half a minute.
const heartbeat = Number(process.env.PARLANCE_HEARTBEAT_MS ?? 30_000)
const plainSetInterval = globalThis.setInterval
globalThis.setInterval = (callback, interval, ...rest) =>
  plainSetInterval(callback, interval === 30_000 ? heartbeat : interval, ...rest)

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds))
const delta = (text) => ({ event: { contentBlockDelta: { delta: { text }, contentBlockIndex: 0 } } })

const streams = {
  async *strings() {
    yield 'Hello\nworld'
    yield ' é "quoted"'
    yield ''
    yield '!'
  },
  async *objects() {
    yield { event: { messageStart: { role: 'assistant' } } }
    for (const word of ['The ', 'sky ', 'is ', 'blue.']) {
      yield delta(word)
      await pause(5)
    }
    yield { event: { contentBlockStop: { contentBlockIndex: 0 } } }
    yield { event: { messageStop: { stopReason: 'end_turn' } } }
    yield { event: { metadata: { usage: { inputTokens: 10, outputTokens: 5, totalTokens: 15 } } } }
  },
  async *messages() {
    yield { id: '1', event: 'greeting', data: { text: 'one' }, retry: 5 }
    yield { data: 'two' }
    yield 5
    yield null
  },
  async *throwsInTheMiddle() {
    yield delta('So far ')
    await pause(20)
    throw new Error('boom')
  },
  async *quiet() {
    yield delta('before')
    await pause(Number(process.env.PARLANCE_QUIET_MS ?? 2_000))
    yield delta(' after')
  },
  async *endless() {
    for (let i = 0; ; ++i) {
      yield delta(`${i} `)
      await pause(10)
    }
  },
}

const answers = {
  json: () => ({ result: { role: 'assistant', content: [{ text: 'All at once é' }] } }),
  string: () => 'plain "q"',
  nothing: () => undefined,
  throws: () => {
    throw new Error('bad')
  },
  // What came along, by name, type, size and check sum.
  attached: (request) => ({
    result: (request.attachments ?? [])
      .map(({ name, mimeType, data }) => {
        const bytes = Buffer.from(data, 'base64')
        return `${name} ${mimeType} ${bytes.length} ${createHash('sha256').update(bytes).digest('hex')}`
      })
      .join('\n\n'),
  }),
  echo: (request, context) => ({ result: request.words ?? '', session: context.sessionId }),
}

const app = new BedrockAgentCoreApp({
  invocationHandler: {
    process: async (request, context) => {
      const prompt = request?.prompt
      if (prompt in streams) return streams[prompt]()
      if (prompt in answers) return answers[prompt](request, context)
      return { result: `no such case: ${prompt}` }
    },
  },
  config: {
    logging: { enabled: false },
    // As much as the service passes on.
    contentTypeParsers: [
      {
        contentType: 'application/json',
        parseAs: 'string',
        bodyLimit: 100_000_000,
        parser: async (_request, body) => JSON.parse(body),
      },
    ],
  },
})

app._app.addHook('onListen', async () => {
  console.log(`listening on ${app._app.server.address().port}`)
})
app.run({ port: 0, host: '127.0.0.1' })
