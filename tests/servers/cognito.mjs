// SPDX-License-Identifier: Apache-2.0
// Starts the Cognito emulator on a free port with the users of cognito-seed, in a folder of its own.
import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'

const folder = mkdtempSync(path.join(os.tmpdir(), 'parlance-cognito-'))
cpSync('cognito-seed', path.join(folder, '.cognito'), { recursive: true })
const freePort = () =>
  new Promise((resolve) => {
    const probe = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => resolve(port))
    })
  })
const port = await freePort()
const config = path.join(folder, '.cognito', 'config.json')
writeFileSync(config, readFileSync(config, 'utf8').replace(/127\.0\.0\.1:\d+/, `127.0.0.1:${port}`))

const emulator = spawn(process.execPath, [path.resolve('node_modules/cognito-local/lib/bin/start.js')], {
  cwd: folder,
  env: { ...process.env, HOST: '127.0.0.1', PORT: String(port), CODE: '123456' },
  stdio: ['ignore', 'pipe', 'inherit'],
})
const end = () => {
  emulator.kill()
  rmSync(folder, { recursive: true, force: true })
}
process.on('exit', end)
process.on('SIGTERM', () => process.exit())
emulator.stdout.on('data', (printed) => {
  if (String(printed).includes('Cognito Local running on')) console.log(`listening on ${port}`)
})
