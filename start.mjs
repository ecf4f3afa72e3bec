/**
 * `npm start`: `next start` on this machine alone, because a proxy stands in front of it, and a process that
 * strangers reach past the proxy believes what they write into the header that the proxy vouches for.
 * HOST names another address; 0.0.0.0 is all of them, as a container needs.
 */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseEnv } from 'node:util'

/** Next reads these files too, but only once it knows where to listen. */
function readHost() {
  if (process.env.HOST) return process.env.HOST
  for (const file of ['.env.local', '.env']) {
    const { HOST } = existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {}
    if (HOST) return HOST
  }
  return '127.0.0.1'
}

const next = path.join(import.meta.dirname, 'node_modules/next/dist/bin/next')
process.argv.splice(1, 1, next, 'start', '--hostname', readHost())
await import(pathToFileURL(next).href)
