// SPDX-License-Identifier: Apache-2.0
// An agent over a WebSocket on the real SDK's server. The prompt says which of its ways to answer is wanted.
// GET /told answers what came since GET /forget, and over how many connections.
import { BedrockAgentCoreApp } from 'bedrock-agentcore/runtime'

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds))
const open = new Set()
const told = { connections: 0, messages: [] }
const delta = (text) => ({ event: { contentBlockDelta: { delta: { text }, contentBlockIndex: 0 } } })
const pcm = Buffer.alloc(24000, 1).toString('base64')

const answers = {
  async strands(say) {
    say({ init_event_loop: true })
    say({ event: { messageStart: { role: 'assistant' } } })
    for (const word of ['The ', 'sky ', 'is ', 'blue.']) say(delta(word))
    say({ event: { messageStop: { stopReason: 'end_turn' } } })
    await pause(50)
    say({ event: { metadata: { usage: { inputTokens: 10, outputTokens: 5, totalTokens: 15 } } } })
  },
  async agui(say, request, socket) {
    const event = (value) => socket.send(`data: ${JSON.stringify(value)}\n\n`)
    event({ type: 'RUN_STARTED', threadId: 't', runId: request.run ?? 'r' })
    event({ type: 'TEXT_MESSAGE_START', messageId: 'm', role: 'assistant' })
    for (const word of ['Over ', 'a ', 'socket.']) event({ type: 'TEXT_MESSAGE_CONTENT', messageId: 'm', delta: word })
    event({ type: 'TEXT_MESSAGE_END', messageId: 'm' })
    event({ type: 'RUN_FINISHED', threadId: 't', runId: request.run ?? 'r' })
  },
  async whole(say, request, socket, session) {
    say({ response: 'All at once', session_id: session, message_type: 'agent_response' })
  },
  async pieces(say, request, socket) {
    for (const word of ['one ', 'two ', 'three']) {
      socket.send(word)
      await pause(10)
    }
  },
  async chunks(say, request, socket) {
    for (let i = 0; i < 100 && socket.readyState === 1; ++i) {
      say({ chunk: `c${i} ` })
      await pause(10)
    }
    say({ done: true })
  },
  async bidi(say) {
    say({ type: 'bidi_connection_start', connection_id: 'c', model: 'sonic' })
    say({ type: 'bidi_response_start', response_id: 'r1' })
    say({ type: 'bidi_transcript_stream', delta: { text: 'Hello ' }, text: 'Hello ', role: 'assistant', is_final: false })
    say({ type: 'bidi_audio_stream', audio: pcm, format: 'pcm', sample_rate: 24000, channels: 1 })
    say({ type: 'bidi_transcript_stream', delta: { text: 'there' }, text: 'there', role: 'assistant', is_final: false })
    say({ type: 'bidi_audio_stream', audio: pcm, format: 'pcm', sample_rate: 24000, channels: 1 })
    say({ type: 'bidi_response_complete', response_id: 'r1', stop_reason: 'complete' })
    say({ type: 'bidi_usage', inputTokens: 3, outputTokens: 4, totalTokens: 7 })
  },
  async binary(say, request, socket) {
    socket.send(Buffer.from([0, 1, 2, 255]))
    say({ response: 'with bytes' })
  },
  // An AG-UI run that goes on until it is interrupted, and tells its end only a moment after that.
  async slow(say, request, socket, session, state) {
    const event = (value) => socket.send(`data: ${JSON.stringify(value)}\n\n`)
    const mine = ++state.run
    event({ type: 'RUN_STARTED', threadId: 't', runId: `${mine}` })
    for (let i = 0; state.run === mine && socket.readyState === 1; ++i) {
      event({ type: 'TEXT_MESSAGE_CONTENT', messageId: `m${mine}`, delta: `old${i} ` })
      await pause(10)
    }
    event({ type: 'TEXT_MESSAGE_CONTENT', messageId: `m${mine}`, delta: 'straggler' })
    event({ type: 'RUN_FINISHED', threadId: 't', runId: `${mine}` })
    state.over?.()
  },
  async interrupts(say, request, socket, session, state) {
    ++state.run
    await new Promise((resolve) => (state.over = resolve))
    await answers.agui(say, { run: 'new' }, socket)
  },
  // Thinks before it begins, and then answers as long as there is somebody.
  async thinks(say) {
    await pause(600)
    for (const value of [{ type: 'RUN_STARTED', threadId: 't', runId: 'k' }, { type: 'TEXT_MESSAGE_CONTENT', messageId: 'k', delta: 'thought' }, { type: 'RUN_FINISHED', threadId: 't', runId: 'k' }]) say(value)
  },
  // Works for a while, so that another question can come meanwhile; both are answered in turn.
  async busy(say, request) {
    say({ type: 'RUN_STARTED', threadId: 't', runId: request.name ?? 'b' })
    say({ type: 'TEXT_MESSAGE_CONTENT', messageId: 'b', delta: `first ${request.name ?? ''}` })
    await pause(400)
    say({ type: 'TEXT_MESSAGE_CONTENT', messageId: 'b', delta: 'last' })
    say({ type: 'RUN_FINISHED', threadId: 't', runId: 'b' })
  },
  // Takes what else is asked into the answer that it gives already.
  async gathers(say, request, socket, session, state) {
    if (state.more) return state.more()
    say({ type: 'RUN_STARTED', threadId: 't', runId: 'g' })
    say({ type: 'TEXT_MESSAGE_CONTENT', messageId: 'g', delta: 'one ' })
    await new Promise((resolve) => (state.more = resolve))
    delete state.more
    say({ type: 'TEXT_MESSAGE_CONTENT', messageId: 'g', delta: 'and two' })
    say({ type: 'RUN_FINISHED', threadId: 't', runId: 'g' })
  },
  async later(say) {
    say({ response: 'soon' })
    setTimeout(() => say({ response: 'By the way' }), 1500)
  },
  async fails(say, request, socket) {
    say(delta('So far '))
    socket.close(1011, 'boom')
  },
  async closes(say, request, socket) {
    say(delta('Good'))
    say(delta('bye'))
    socket.close(1000)
  },
  async dies(say, request, socket) {
    say(delta('So far '))
    await pause(50)
    socket.terminate()
  },
  async leaves(say, request, socket) {
    say({ response: 'see you' })
    setTimeout(() => socket.close(1012, 'restart'), 1200)
  },
  async never() {},
}

const app = new BedrockAgentCoreApp({
  invocationHandler: { process: async () => ({ result: 'over HTTP' }) },
  websocketHandler: async (socket, context) => {
    ++told.connections
    open.add(socket)
    socket.on('close', () => open.delete(socket))
    const state = { run: 0, queue: Promise.resolve() }
    socket.on('message', (data) => {
      const request = JSON.parse(data.toString())
      told.messages.push(request)
      const say = (value) => socket.readyState === 1 && socket.send(JSON.stringify(value))
      const answer = answers[request.prompt]
      if (!answer && request.prompt) say({ response: `no such case: ${request.prompt}` })
      else if (request.prompt === 'busy') state.queue = state.queue.then(() => answer(say, request, socket))
      else answer?.(say, request, socket, context.sessionId, state)
    })
  },
  config: { logging: { enabled: false } },
})
app._app.get('/told', async () => told)
app._app.get('/drop', async () => {
  for (const socket of open) socket.terminate()
  return {}
})
app._app.get('/forget', async () => Object.assign(told, { connections: 0, messages: [] }))
app._app.addHook('onListen', async () => {
  console.log(`listening on ${app._app.server.address().port}`)
})
app.run({ port: 0, host: '127.0.0.1' })
