// SPDX-License-Identifier: Apache-2.0
// An agent on the real SDKs' servers of A2A: 1.0 at /, 0.3 at /v03, and 1.0 without streams at
// /whole. The first word of a message says which of its ways to answer is wanted. What came is told at /seen.
// With PARLANCE_CARDLESS there are no cards.
import express from 'express'
import {
  AgentEvent,
  DefaultRequestHandler,
  InMemoryTaskStore,
} from '@a2a-js/sdk/server'
import { UserBuilder, agentCardHandler, jsonRpcHandler } from '@a2a-js/sdk/server/express'
import {
  DefaultRequestHandler as OldRequestHandler,
  InMemoryTaskStore as OldTaskStore,
} from 'a2a-sdk-v03/server'
import {
  UserBuilder as OldUserBuilder,
  agentCardHandler as oldCardHandler,
  jsonRpcHandler as oldJsonRpcHandler,
} from 'a2a-sdk-v03/server/express'

const states = {
  submitted: 1,
  working: 2,
  completed: 3,
  failed: 4,
  canceled: 5,
  'input-required': 6,
  rejected: 7,
  'auth-required': 8,
}
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds))
const canceled = new Set()
// Whoever the stores keep tasks for where nobody signs in.
const noUser = { user: { isAuthenticated: false, userName: '' }, tenant: '' }
const seen = []

// How each version spells the same things.
const modern = {
  part: (text) => ({ content: { $case: 'text', value: text }, metadata: undefined, filename: '', mediaType: '' }),
  file: (name, bytes) => ({
    content: { $case: 'raw', value: Buffer.from(bytes) },
    metadata: undefined,
    filename: name,
    mediaType: 'text/csv',
  }),
  textOf: (message) => message.parts.map((part) => part.content?.value).join(''),
  state: (name) => states[name],
  message: (words) => ({
    messageId: crypto.randomUUID(),
    role: 2,
    parts: words,
    contextId: '',
    taskId: '',
    metadata: undefined,
    extensions: [],
    referenceTaskIds: [],
  }),
  task: (bus, task) => bus.publish(AgentEvent.task({ metadata: undefined, artifacts: [], history: [], ...task })),
  status: (bus, update) => bus.publish(AgentEvent.statusUpdate({ metadata: undefined, ...update })),
  artifact: (bus, update) =>
    bus.publish(
      AgentEvent.artifactUpdate({
        metadata: undefined,
        ...update,
        artifact: { description: '', metadata: undefined, extensions: [], ...update.artifact },
      }),
    ),
  said: (bus, message) => bus.publish(AgentEvent.message(message)),
}
const old = {
  part: (text) => ({ kind: 'text', text }),
  file: (name, bytes) => ({
    kind: 'file',
    file: { name, mimeType: 'text/csv', bytes: Buffer.from(bytes).toString('base64') },
  }),
  textOf: (message) => message.parts.map((part) => part.text).join(''),
  state: (name) => name,
  message: (words) => ({ kind: 'message', messageId: crypto.randomUUID(), role: 'agent', parts: words }),
  task: (bus, task) => bus.publish({ kind: 'task', history: [], ...task }),
  status: (bus, update) => bus.publish({ kind: 'status-update', final: false, ...update }),
  artifact: (bus, update) => bus.publish({ kind: 'artifact-update', ...update }),
  said: (bus, message) => bus.publish(message),
}

const endings = new Set(['completed', 'failed', 'canceled', 'rejected', 'input-required', 'auth-required'])

class Executor {
  constructor(dialect, name, tasks) {
    this.dialect = dialect
    this.name = name
    this.tasks = tasks
  }

  // Goes on after the question was answered, where only looks at the task show it.
  later = async (taskId, ends) => {
    const { dialect, tasks } = this
    const change = async (state, artifacts) => {
      const task = await tasks.load(taskId, noUser)
      if (!task || canceled.has(taskId)) return
      const status = { state: dialect.state(state), message: undefined, timestamp: new Date().toISOString() }
      await tasks.save({ ...task, status, artifacts }, noUser)
    }
    const artifact = (words) => ({
      artifactId: 'a',
      name: '',
      description: '',
      parts: [dialect.part(words)],
      metadata: undefined,
      extensions: [],
    })
    await pause(200)
    await change('working', [artifact('Half ')])
    await pause(900)
    if (ends) await change(ends, [artifact('Half and whole')])
  }

  status(context, bus, state, text) {
    const message = text === undefined ? undefined : this.dialect.message([this.dialect.part(text)])
    this.dialect.status(bus, {
      taskId: context.taskId,
      contextId: context.contextId,
      status: { state: this.dialect.state(state), message, timestamp: new Date().toISOString() },
      ...(this.dialect === old ? { final: endings.has(state) } : {}),
    })
  }

  artifact(context, bus, parts, rest = {}) {
    this.dialect.artifact(bus, {
      taskId: context.taskId,
      contextId: context.contextId,
      artifact: { artifactId: rest.id ?? 'a', name: rest.name ?? '', parts },
      append: rest.append ?? false,
      lastChunk: rest.last ?? false,
    })
  }

  execute = async (context, bus) => {
    const { dialect } = this
    const words = dialect.textOf(context.userMessage).trim()
    const way = words.split(' ')[0]
    seen.push({
      server: this.name,
      words,
      contextId: context.userMessage.contextId ?? '',
      taskId: context.userMessage.taskId ?? '',
      messageId: context.userMessage.messageId,
    })
    if (way === 'message') {
      dialect.said(bus, { ...dialect.message([dialect.part('Just words')]), contextId: context.contextId })
      bus.finished()
      return
    }
    if (!context.task)
      dialect.task(bus, {
        id: context.taskId,
        contextId: context.contextId,
        status: { state: dialect.state('submitted'), message: undefined, timestamp: new Date().toISOString() },
        history: [context.userMessage],
      })
    // A stream of 1.0 begins with the task, and so tells once more what it asked.
    else if (dialect === modern) dialect.task(bus, context.task)
    const isAnswer = context.task !== undefined
    this.status(context, bus, 'working')
    if (isAnswer) {
      this.artifact(context, bus, [dialect.part(`You said ${words}`)], { last: true })
      this.status(context, bus, 'completed')
    } else if (way === 'ask') {
      this.status(context, bus, 'input-required', 'Which currency?')
    } else if (way === 'later' || way === 'never') {
      this.later(context.taskId, way === 'later' ? 'completed' : undefined)
    } else if (way === 'rates-then-ask') {
      this.artifact(context, bus, [dialect.part('One euro is 1.08 dollars.')], { id: 'r', name: 'rates', last: true })
      this.artifact(context, bus, [dialect.file('rates.csv', 'eur,usd\n1,1.08\n')], { id: 'f', name: 'table', last: true })
      this.status(context, bus, 'input-required', 'Which currency?')
    } else if (way === 'twin-then-ask') {
      this.artifact(context, bus, [dialect.part('You said euro')], { id: 'r', last: true })
      this.status(context, bus, 'input-required', 'Which currency?')
    } else if (way === 'turns') {
      this.artifact(context, bus, [dialect.part('One ')], { id: 'a', name: 'first' })
      this.artifact(context, bus, [dialect.part('Uno ')], { id: 'b', name: 'second' })
      this.artifact(context, bus, [dialect.file('rates.csv', 'eur,usd\n1,1.08\n')], { id: 'f', last: true })
      this.artifact(context, bus, [dialect.part('two')], { id: 'a', append: true, last: true })
      this.artifact(context, bus, [dialect.part('dos')], { id: 'b', append: true, last: true })
      this.status(context, bus, 'completed')
    } else if (way === 'otherwise') {
      this.artifact(context, bus, [dialect.part('A draft.')])
      this.artifact(context, bus, [dialect.file('rates.csv', 'eur')], { id: 'f' })
      await pause(5)
      this.artifact(context, bus, [dialect.part('The rates.')], { last: true })
      this.artifact(context, bus, [dialect.file('rates.csv', 'eur,usd')], { id: 'f', last: true })
      this.status(context, bus, 'completed')
    } else if (way === 'fail') {
      this.status(context, bus, 'failed', 'The rates are closed')
    } else if (way === 'endless') {
      for (let i = 0; !canceled.has(context.taskId); ++i) {
        this.artifact(context, bus, [dialect.part(`${i} `)], { append: i > 0 })
        await pause(10)
      }
      this.status(context, bus, 'canceled')
    } else if (way === 'strands') {
      // What the server of Strands does with an answer that streams.
      for (const piece of ['The ', 'sky ', 'is blue.']) this.status(context, bus, 'working', piece)
      this.artifact(context, bus, [dialect.part('The sky is blue.')], { name: 'agent_response', last: true })
      this.status(context, bus, 'completed')
    } else {
      this.status(context, bus, 'working', 'Looking at the rates…')
      this.artifact(context, bus, [dialect.part('One euro is ')], { name: 'rates' })
      await pause(5)
      this.artifact(context, bus, [dialect.part('1.08 dollars.')], { append: true, last: true, name: 'rates' })
      this.artifact(context, bus, [dialect.file('rates.csv', 'eur,usd\n1,1.08\n')], { id: 'b', name: 'table', last: true })
      this.status(context, bus, 'completed')
    }
    bus.finished()
  }

  cancelTask = async (taskId, bus) => {
    seen.push({ server: this.name, canceled: taskId })
    canceled.add(taskId)
    await pause(50)
  }
}

const skills = [{ id: 's', name: 'rates', description: 'Tells rates', tags: [], examples: [], inputModes: [], outputModes: [], securityRequirements: [] }]

function modernCard(streaming, versions) {
  return {
    name: 'Rates',
    description: 'Tells rates',
    version: '1',
    // Where the container believes to be, which nobody can reach.
    supportedInterfaces: versions.map((protocolVersion) => ({
      url: 'http://0.0.0.0:1/',
      protocolBinding: 'JSONRPC',
      protocolVersion,
      tenant: '',
    })),
    provider: undefined,
    capabilities: { streaming, pushNotifications: false, extensions: [], extendedAgentCard: false },
    securitySchemes: {},
    securityRequirements: [],
    defaultInputModes: ['text/plain'],
    defaultOutputModes: ['text/plain'],
    skills,
    signatures: [],
  }
}

const oldCard = {
  name: 'Rates',
  description: 'Tells rates',
  version: '1',
  protocolVersion: '0.3.0',
  url: 'http://0.0.0.0:1/',
  preferredTransport: 'JSONRPC',
  capabilities: { streaming: true },
  defaultInputModes: ['text/plain'],
  defaultOutputModes: ['text/plain'],
  skills: [{ id: 's', name: 'rates', description: 'Tells rates', tags: [] }],
}

const app = express()
app.use((request, response, next) => {
  if (process.env.PARLANCE_CARDLESS && request.path.includes('.well-known')) {
    response.status(404).json({ message: 'Not found' })
    return
  }
  if (request.method === 'GET' && request.path.includes('.well-known')) seen.push({ card: request.path })
  if (request.method === 'POST')
    seen.push({ post: request.path, version: request.get('A2A-Version') ?? '', session: request.get('x-amzn-bedrock-agentcore-runtime-session-id') ?? '' })
  next()
})
app.get('/seen', (request, response) => response.json(seen))
const handler = (streaming, name, tasks = new InMemoryTaskStore()) =>
  new DefaultRequestHandler(modernCard(streaming, ['1.0']), tasks, new Executor(modern, name, tasks))
const handlers = { '/whole': handler(false, 'whole'), '/': handler(true, '1.0') }
const oldTasks = new OldTaskStore()
const oldHandler = new OldRequestHandler(oldCard, oldTasks, new Executor(old, '0.3', oldTasks))
app.use('/v03/.well-known/agent-card.json', oldCardHandler({ agentCardProvider: oldHandler }))
app.use('/v03', oldJsonRpcHandler({ requestHandler: oldHandler, userBuilder: OldUserBuilder.noAuthentication }))
for (const [path, handler] of Object.entries(handlers)) {
  const base = path === '/' ? '' : path
  app.use(`${base}/.well-known/agent-card.json`, agentCardHandler({ agentCardProvider: handler }))
  app.use(path, jsonRpcHandler({ requestHandler: handler, userBuilder: UserBuilder.noAuthentication }))
}

const server = app.listen(0, '127.0.0.1', () => console.log(`listening on ${server.address().port}`))
