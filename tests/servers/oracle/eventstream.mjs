// SPDX-License-Identifier: Apache-2.0
// Prints event stream messages made by the reference codec, one line of JSON each: the frame's bytes
// in hexadecimal, and what a decoder must read in it. The same seed gives the same messages.
import { EventStreamCodec } from '@smithy/eventstream-codec'
import { fromUtf8, toUtf8 } from '@smithy/util-utf8'

const [count, seed] = process.argv.slice(2).map(Number)
let state = seed >>> 0
const random = (below) => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0
  return Math.floor((state / 2 ** 32) * below)
}
const randomBytes = (length) => Uint8Array.from({ length }, () => random(256))
const pick = (list) => list[random(list.length)]
const words = ['stdout', 'é', '\u2028', '{"a":1}', 'chunk', ' ', '\n', '😀', 'error']
const text = () => Array.from({ length: random(6) }, () => pick(words)).join('')
const hex = (bytes) => Buffer.from(bytes).toString('hex')

const codec = new EventStreamCodec(toUtf8, fromUtf8)
const int64 = () => {
  const bytes = randomBytes(8)
  return { bytes, valueOf: () => Number(Buffer.from(bytes).readBigInt64BE()) }
}

const makers = [
  () => ({ type: 'boolean', value: true }),
  () => ({ type: 'boolean', value: false }),
  () => ({ type: 'byte', value: random(256) - 128 }),
  () => ({ type: 'short', value: random(65536) - 32768 }),
  () => ({ type: 'integer', value: random(2 ** 32) - 2 ** 31 }),
  () => ({ type: 'long', value: int64() }),
  () => ({ type: 'binary', value: randomBytes(random(40)) }),
  () => ({ type: 'string', value: text() }),
  () => ({ type: 'timestamp', value: new Date(random(2 ** 31) * 1000 + random(1000)) }),
  () => ({
    type: 'uuid',
    value: `${hex(randomBytes(4))}-${hex(randomBytes(2))}-${hex(randomBytes(2))}-${hex(randomBytes(2))}-${hex(randomBytes(6))}`,
  }),
]

const kinds = [
  () => ({ ':message-type': 'event', ':event-type': pick(['chunk', 'initial-response', 'x'.repeat(random(200))]) }),
  () => ({ ':message-type': 'exception', ':exception-type': pick(['throttlingException', 'validationException']) }),
]

for (let i = 0; i < count; ++i) {
  const named = pick(kinds)()
  const headers = {}
  const add = () => {
    headers[`h${Object.keys(headers).length}-${'n'.repeat(random(30))}`] = makers[random(makers.length)]()
  }
  // Every header type comes up in every tenth message, whatever the dice say.
  if (i % 10 === 0) makers.forEach((make, index) => (headers[`all-${index}`] = make()))
  for (let n = random(4); n > 0; --n) add()
  for (const [name, value] of Object.entries(named)) headers[name] = { type: 'string', value }
  for (let n = random(4); n > 0; --n) add()
  const body = random(3) === 0 ? randomBytes(random(5000)) : fromUtf8(text().repeat(random(20)))
  const frame = codec.encode({ headers, body })
  const event = named[':exception-type'] ?? named[':event-type']
  console.log(JSON.stringify({ frame: hex(frame), payload: hex(body), event }))
}
