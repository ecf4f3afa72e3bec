import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, describe, expect, test } from 'vitest'
import { startProcess } from '@/local/child-process'
import { lockFolder, lockNumberedFolder } from '@/local/folder-lock'
import { findFreePort, isPortFree } from '@/local/free-port'

const folder = mkdtempSync(path.join(tmpdir(), 'bobjool-servers-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A server that ignores SIGTERM, as does its child; it prints both process ids. */
const STUBBORN = `
  process.on('SIGTERM', () => {})
  if (process.argv[1] !== 'child') {
    const { pid } = require('node:child_process').spawn(process.execPath, ['-e', process.env.STUBBORN, 'child'])
    console.log(process.pid + ' ' + pid)
  }
  setInterval(() => {}, 1000)`

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

async function waitUntilGone(pids: number[]): Promise<void> {
  for (let tries = 0; tries < 400 && pids.some(isAlive); tries += 1) await sleep(25)
}

describe('a server that we start', () => {
  test('is stopped with its children, even when they ignore SIGTERM', async () => {
    let pids: number[] = []
    const server = await startProcess({
      name: 'stubborn',
      command: process.execPath,
      args: ['-e', STUBBORN],
      env: { ...process.env, STUBBORN },
      patienceMs: 100,
      onLine: (line) => {
        pids = line.split(' ').map(Number)
      },
    })
    while (pids.length === 0) await sleep(10)
    await server.stop()
    await waitUntilGone(pids)
    expect(pids.filter(isAlive)).toEqual([])
    expect((await server.exited).signal).toBe('SIGKILL')
  })

  test('does not outlive us, even when we are killed outright', async () => {
    const starter = path.join(folder, 'starter.mts')
    const module = path.resolve('local/child-process.ts')
    writeFileSync(
      starter,
      `import { startProcess } from ${JSON.stringify(module)}
       await startProcess({
         name: 'server',
         command: process.execPath,
         args: ['-e', process.env.SERVER!],
         onLine: console.log,
       })`,
    )
    const us = spawn(process.execPath, ['--import', 'tsx', starter], {
      env: { ...process.env, SERVER: 'console.log(process.pid); setInterval(() => {}, 1000)' },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [line] = await Promise.race([readLines(us.stdout, 1), sleep(20_000, [''])])
    const pid = Number(line)
    expect(isAlive(pid)).toBe(true)
    us.kill('SIGKILL')
    await waitUntilGone([pid])
    expect(isAlive(pid)).toBe(false)
  })
})

async function readLines(stream: NodeJS.ReadableStream, count: number): Promise<string[]> {
  const lines: string[] = []
  for await (const line of createInterface({ input: stream })) {
    lines.push(line)
    if (lines.length === count) break
  }
  return lines
}

describe('a folder', () => {
  test('is used by one run at a time, and free again afterwards', async () => {
    const place = path.join(folder, 'one')
    const first = await lockFolder(place)
    expect(first).not.toBeNull()
    expect(await lockFolder(place)).toBeNull()
    first?.release()
    const second = await lockFolder(place)
    expect(second).not.toBeNull()
    second?.release()
  })

  test('in use by another run is skipped, and the next one taken', async () => {
    const locks = await Promise.all([1, 2, 3].map(() => lockNumberedFolder(folder)))
    const names = locks.map((lock) => path.basename(lock.folder)).sort()
    expect(names).toEqual(['1', '2', '3'])
    for (const lock of locks) lock.release()
  })
})

test('a port in use is not taken for free', async () => {
  const server = createServer()
  const port = await findFreePort()
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  expect(await isPortFree(port)).toBe(false)
  expect(await findFreePort(port)).not.toBe(port)
  await new Promise((resolve) => server.close(resolve))
  expect(await findFreePort(port)).toBe(port)
})
