// SPDX-License-Identifier: Apache-2.0
// An AG-UI agent of the protocol's own packages: what it is asked and what it says both pass their schemas, and
// it keeps to the contract of interrupts. The person's words say which of its ways to answer is wanted.
// GET /asked tells what came.
import http from 'node:http'
import { EventSchemas, RunAgentInputSchema } from '@ag-ui/core/schemas'
import { EventEncoder } from '@ag-ui/encoder'
import Ajv from 'ajv'

const asked = []
const pending = new Map() // by thread
const ajv = new Ajv({ strict: false })
const encoder = new EventEncoder({ accept: 'text/event-stream' })

const approval = { type: 'object', properties: { approved: { type: 'boolean' }, editedArgs: { type: 'object' } }, required: ['approved'] }
const booking = {
  type: 'object',
  title: 'Booking',
  properties: {
    name: { type: 'string', title: 'Name', minLength: 2 },
    nights: { type: 'integer', title: 'Nights', minimum: 1, maximum: 14, description: 'At most two weeks' },
    room: { type: 'string', title: 'Room', enum: ['single', 'double'], default: 'single' },
    extras: { type: 'array', title: 'Extras', items: { type: 'string', enum: ['breakfast', 'parking'] } },
    late: { type: 'boolean', title: 'Late arrival' },
  },
  required: ['name', 'nights'],
}

const ways = {
  *state(input) {
    yield { type: 'STATE_SNAPSHOT', snapshot: { step: (input.state.step ?? 0) + 1, items: [] } }
    yield { type: 'STATE_DELTA', delta: [{ op: 'add', path: '/items/-', value: 'first' }] }
    yield { type: 'STATE_DELTA', delta: [{ op: 'remove', path: '/missing' }] }
    yield* words('Kept.')
  },
  *change() {
    yield { type: 'STATE_DELTA', delta: [{ op: 'replace', path: '/step', value: 10 }] }
    yield* words('Changed.')
  },
  *activity() {
    yield { type: 'ACTIVITY_SNAPSHOT', messageId: 'plan', activityType: 'PLAN', content: { steps: ['look'] } }
    yield { type: 'ACTIVITY_DELTA', messageId: 'plan', activityType: 'PLAN', patch: [{ op: 'add', path: '/steps/-', value: 'book' }] }
    yield* words('Planned.')
  },
  *goon() {
    yield { type: 'ACTIVITY_DELTA', messageId: 'plan', activityType: 'PLAN', patch: [{ op: 'add', path: '/steps/-', value: 'go' }] }
    yield* words('Booked.')
  },
  *tool() {
    yield { type: 'TEXT_MESSAGE_START', messageId: 'look', role: 'assistant' }
    yield { type: 'TEXT_MESSAGE_CONTENT', messageId: 'look', delta: 'Let me look.' }
    yield { type: 'TEXT_MESSAGE_END', messageId: 'look' }
    yield { type: 'TOOL_CALL_START', toolCallId: 'call-7', toolCallName: 'find', parentMessageId: 'look' }
    yield { type: 'TOOL_CALL_ARGS', toolCallId: 'call-7', delta: '{"a":1}' }
    yield { type: 'TOOL_CALL_END', toolCallId: 'call-7' }
    yield { type: 'TOOL_CALL_RESULT', messageId: 'found', toolCallId: 'call-7', content: 'It is 5.' }
    yield { type: 'TEXT_MESSAGE_START', messageId: 'streamed', role: 'assistant' }
    yield { type: 'TEXT_MESSAGE_CONTENT', messageId: 'streamed', delta: 'Five.' }
    yield { type: 'TEXT_MESSAGE_END', messageId: 'streamed' }
  },
  // What it streamed has another name in the end, and there is a message that it did not stream.
  *rename(input) {
    yield* ways.tool()
    yield {
      type: 'MESSAGES_SNAPSHOT',
      messages: [
        ...input.messages,
        { id: 'look', role: 'assistant', content: 'Let me look.', toolCalls: [{ id: 'call-7', type: 'function', function: { name: 'find', arguments: '{"a":1}' } }] },
        { id: 'found', role: 'tool', toolCallId: 'call-7', content: 'It is 5.' },
        { id: 'kept', role: 'assistant', content: 'Five.' },
        { id: 'more', role: 'assistant', content: 'And no more.' },
      ],
    }
  },
  *approve() {
    yield* words('I would send this.')
    yield { type: 'TOOL_CALL_START', toolCallId: 'call-1', toolCallName: 'send_email' }
    yield { type: 'TOOL_CALL_ARGS', toolCallId: 'call-1', delta: '{"to":"a@example.com"}' }
    yield { type: 'TOOL_CALL_END', toolCallId: 'call-1' }
    return [{ id: 'send', reason: 'tool_call', message: 'Send **it**?', toolCallId: 'call-1', responseSchema: approval }]
  },
  *book() {
    yield* words('One moment.')
    return [{ id: 'booking', reason: 'input_required', message: 'Tell me about your stay.', responseSchema: booking }]
  },
  *two() {
    return [
      { id: 'sure', reason: 'confirmation', message: 'Are you sure?' },
      { id: 'why', reason: 'input_required', message: 'Why?' },
    ]
  },
  *why() {
    return [{ id: 'why', reason: 'input_required', message: 'Why?' }]
  },
  *brief(input) {
    return [{ id: 'soon', reason: 'confirmation', message: 'Quick?', expiresAt: new Date(Date.now() + 700).toISOString() }]
  },
}

let messages = 0
function* words(text) {
  const messageId = `said-${++messages}`
  yield { type: 'TEXT_MESSAGE_START', messageId, role: 'assistant' }
  yield { type: 'TEXT_MESSAGE_CONTENT', messageId, delta: text }
  yield { type: 'TEXT_MESSAGE_END', messageId }
}

function* resumed(interrupts, resume) {
  for (const entry of resume) {
    const interrupt = interrupts.find((one) => one.id === entry.interruptId)
    if (interrupt.responseSchema && entry.status === 'resolved' && !ajv.validate(interrupt.responseSchema, entry.payload)) {
      return yield { type: 'RUN_ERROR', message: `The answer does not fit: ${ajv.errorsText()}` }
    }
    if (interrupt.toolCallId && entry.status === 'resolved') {
      yield { type: 'TOOL_CALL_RESULT', messageId: `result-${++messages}`, toolCallId: interrupt.toolCallId, content: entry.payload.approved ? 'sent' : 'not sent' }
    }
  }
  yield* words(`Going on with ${JSON.stringify(resume.map((entry) => entry.payload ?? entry.status))}.`)
}

const isOver = (interrupt) => interrupt.expiresAt && Date.parse(interrupt.expiresAt) <= Date.now()

function* run(input) {
  const ids = { threadId: input.threadId, runId: input.runId }
  yield { type: 'RUN_STARTED', ...ids }
  const open = (pending.get(input.threadId) ?? []).filter((interrupt) => !isOver(interrupt))
  const answered = (input.resume ?? []).map((entry) => entry.interruptId).sort()
  if (JSON.stringify(answered) !== JSON.stringify(open.map((interrupt) => interrupt.id).sort())) {
    return yield { type: 'RUN_ERROR', message: `Open: ${open.map((one) => one.id)}, answered: ${answered}`, code: 'INTERRUPTS' }
  }
  pending.delete(input.threadId)
  const said = input.messages.filter((message) => message.role === 'user').at(-1)?.content
  const way = ways[said]
  let interrupts
  if (open.length > 0) yield* resumed(open, input.resume)
  else if (way) interrupts = yield* way(input)
  else yield* words(`You said ${said}.`)
  if (interrupts) pending.set(input.threadId, interrupts)
  yield { type: 'RUN_FINISHED', ...ids, outcome: interrupts ? { type: 'interrupt', interrupts } : { type: 'success' } }
}

const server = http.createServer(async (request, response) => {
  if (request.url === '/asked') return response.end(JSON.stringify(asked))
  let body = ''
  for await (const piece of request) body += piece
  const input = RunAgentInputSchema.safeParse(JSON.parse(body || 'null'))
  if (!input.success) {
    response.writeHead(400, { 'content-type': 'application/json' })
    return response.end(JSON.stringify({ error: 'Invalid RunAgentInput', details: input.error.message }))
  }
  asked.push(JSON.parse(body))
  response.writeHead(200, { 'content-type': encoder.getContentType() })
  for (const event of run(input.data)) response.write(encoder.encode(EventSchemas.parse(event)))
  response.end()
})
process.on('SIGTERM', () => process.exit(0))
server.listen(0, '127.0.0.1', () => console.log(`listening on ${server.address().port}`))
