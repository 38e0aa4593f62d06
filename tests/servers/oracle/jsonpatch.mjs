// SPDX-License-Identifier: Apache-2.0
// Prints values, patches and what the reference makes of them, one line of JSON each; without a result the patch
// cannot be applied. The same seed gives the same lines.
import jsonPatch from 'fast-json-patch'

const [count, seed] = process.argv.slice(2).map(Number)
let state = seed >>> 0
const random = (below) => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0
  return Math.floor((state / 2 ** 32) * below)
}
const pick = (list) => list[random(list.length)]
const names = ['a', 'b', 'é', 'm~n', 'x/y', '', '0']

const value = (depth) => {
  const kind = random(depth > 2 ? 4 : 7)
  if (kind < 4) return pick([null, true, 5, -1.5, 'word', ''])
  if (kind < 6) return Object.fromEntries(Array.from({ length: random(4) }, () => [pick(names), value(depth + 1)]))
  return Array.from({ length: random(4) }, () => value(depth + 1))
}
const escaped = (name) => name.replaceAll('~', '~0').replaceAll('/', '~1')
const paths = (node, at = '') =>
  node && typeof node === 'object' ? [at, ...Object.keys(node).flatMap((key) => paths(node[key], `${at}/${escaped(key)}`))] : [at]
const place = (document) => {
  const known = pick(paths(document))
  return random(3) === 0 ? `${known}/${pick(['new', '-', '0', '1', '2', '9'])}` : known
}
const operation = (document) => {
  const op = pick(['add', 'remove', 'replace', 'move', 'copy', 'test'])
  const made = { op, path: place(document) }
  if (op === 'move' || op === 'copy') made.from = place(document)
  // Into itself: the standard forbids it, and the reference makes a circle of it.
  if (op === 'move' && `${made.path}/`.startsWith(`${made.from}/`)) return operation(document)
  if (op === 'add' || op === 'replace' || op === 'test') made.value = value(1)
  // Nothing would be left, for which the reference has null.
  if (op === 'remove' && made.path === '') return operation(document)
  return made
}

// The reference is lax about where something is put: a member in a word, an item far behind the end.
const above = (path) => path.slice(0, path.lastIndexOf('/'))
const holds = (document, path, room, puts) => {
  if (path === '') return true
  const parent = jsonPatch.getValueByPointer(document, above(path))
  const step = path.slice(path.lastIndexOf('/') + 1)
  if (!Array.isArray(parent)) return typeof parent === 'object' && parent !== null
  if (step === '-') return puts
  return /^(0|[1-9][0-9]*)$/.test(step) && Number(step) < parent.length + room
}

for (let i = 0; i < count; ++i) {
  const document = pick([value(0), { a: value(1), b: [value(1), value(1)] }])
  const patch = Array.from({ length: 1 + random(3) }, () => operation(document))
  let result = { value: structuredClone(document) }
  try {
    for (const step of patch) {
      // What moves within an array leaves a place empty.
      const isWithin = step.op === 'move' && above(step.from) === above(step.path)
      const puts = ['add', 'move', 'copy'].includes(step.op)
      if (!holds(result.value, step.from ?? '', 0, false)) throw new Error('no such value')
      if (!holds(result.value, step.path, puts && !isWithin ? 1 : 0, puts)) throw new Error('no such place')
      result = { value: jsonPatch.applyPatch(result.value, structuredClone([step]), true).newDocument }
      if (result.value === undefined) throw new Error('no such value')
    }
  } catch {
    result = undefined
  }
  console.log(JSON.stringify({ document, patch, result }))
}
