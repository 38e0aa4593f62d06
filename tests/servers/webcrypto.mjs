// SPDX-License-Identifier: Apache-2.0
// What newer versions of Node.js have by themselves, and libraries for tokens count on.
import { webcrypto } from 'node:crypto'

globalThis.crypto ??= webcrypto
