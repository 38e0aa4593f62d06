// SPDX-License-Identifier: Apache-2.0
// Reads event-stream messages, given in hexadecimal, with the AWS SDK's own codec. Prints the headers and the
// payload of each as a line of JSON.
import { EventStreamCodec } from '@smithy/eventstream-codec'
import { fromUtf8, toUtf8 } from '@smithy/util-utf8'

const codec = new EventStreamCodec(toUtf8, fromUtf8)
const bytes = Buffer.from(process.argv[2], 'hex')
for (let at = 0; at < bytes.length;) {
  const size = bytes.readUInt32BE(at)
  const { headers, body } = codec.decode(new Uint8Array(bytes.subarray(at, at + size)))
  const named = Object.fromEntries(Object.entries(headers).map(([name, { value }]) => [name, value]))
  console.log(JSON.stringify({ headers: named, body: JSON.parse(toUtf8(body)) }))
  at += size
}
