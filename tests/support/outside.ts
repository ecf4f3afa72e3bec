import http from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Received {
  path: string
  headers: http.IncomingHttpHeaders
  body: Buffer
}

/** Push services and Slack, as our code sees them: a server that accepts what it is sent. */
export interface Outside {
  origin: string
  /** The requests it accepted, oldest first. */
  received: Received[]
  /** Answers requests to this path with this status from now on; 0 hangs up without an answer. */
  answer: (path: string, status: number, words?: string) => void
  clear: () => void
  stop: () => Promise<void>
}

let worker: Outside | null = null

/** The setup file calls this: NOTICE_ORIGINS has to be set before the code under test is loaded. */
export async function startWorkerOutside(): Promise<Outside> {
  worker = await startOutside()
  return worker
}

/** The server behind this test file's NOTICE_ORIGINS. */
export function useOutside(): Outside {
  if (!worker)
    throw new Error('useOutside() works in files under tests/ only: see vitest.config.ts.')
  return worker
}

async function startOutside(): Promise<Outside> {
  const received: Received[] = []
  const answers = new Map<string, { status: number; words: string }>()
  const server = http.createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const path = request.url ?? ''
    const { status, words } = answers.get(path) ?? { status: 201, words: '' }
    if (status < 300 && status > 0)
      received.push({ path, headers: request.headers, body: Buffer.concat(chunks) })
    if (status === 0) {
      request.socket.destroy()
      return
    }
    response.writeHead(status, status === 302 ? { location: '/another' } : {})
    response.end(words)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    received,
    answer: (path, status, words = '') => answers.set(path, { status, words }),
    clear: () => {
      received.length = 0
      answers.clear()
    },
    stop: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
