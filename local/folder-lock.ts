import { createHash } from 'node:crypto'
import { mkdirSync, rmSync } from 'node:fs'
import type { Server } from 'node:net'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'

export interface FolderLock {
  folder: string
  release: () => void
}

/**
 * One living process at a time works in a folder. The lock is a listening socket, not a file with a
 * process id: ids are reused, above all after a container restarts, but a dead process' socket
 * never answers.
 *
 * Null when a living process has it.
 */
export async function lockFolder(folder: string): Promise<FolderLock | null> {
  mkdirSync(folder, { recursive: true })
  const address = nameSocket(folder)
  const server = (await listen(address)) ?? (await listenAfterCleaning(address))
  if (!server) return null
  server.unref()
  return { folder, release: () => server.close() }
}

/** The first of `<folder>/1`, `<folder>/2`, … that is free: parallel runs don't meet. */
export async function lockNumberedFolder(folder: string): Promise<FolderLock> {
  for (let number = 1; ; number += 1) {
    const lock = await lockFolder(path.join(folder, String(number)))
    if (lock) return lock
  }
}

/** In the temporary folder, because a socket's path may have only about a hundred characters. */
function nameSocket(folder: string): string {
  const digest = createHash('sha256').update(path.resolve(folder)).digest('hex').slice(0, 20)
  return process.platform === 'win32'
    ? `\\\\.\\pipe\\bobjool-${digest}`
    : path.join(tmpdir(), `bobjool-${digest}.sock`)
}

function listen(address: string): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.end())
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(null)
      else reject(error)
    })
    server.listen(address, () => resolve(server))
  })
}

async function listenAfterCleaning(address: string): Promise<Server | null> {
  if (await doesAnybodyAnswer(address)) return null
  rmSync(address, { force: true })
  return listen(address)
}

function doesAnybodyAnswer(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(address)
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}
