// SPDX-License-Identifier: Apache-2.0
// Reads a QR code out of a picture, as a telephone would: a file of RGBA bytes and its width. Prints what it says.
import { readFileSync } from 'node:fs'
import jsqr from 'jsqr'

const [file, width] = process.argv.slice(2)
const pixels = new Uint8ClampedArray(readFileSync(file))
const found = jsqr(pixels, Number(width), pixels.length / 4 / Number(width))
console.log(found ? found.data : 'no code')
