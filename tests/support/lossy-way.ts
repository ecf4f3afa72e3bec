import { createServer, request } from 'node:http'
import { afterAll, afterEach, beforeAll } from 'vitest'

/** Null: every request arrives. A status: a gateway answers instead of the service. */
type Loss = 'SILENCE' | number | null

/** A proxy between one browser and the service, which passes everything on until a test says else. */
export function useLossyWay() {
  let loss: Loss = null
  let server = ''
  const proxy = createServer((asked, answer) => {
    if (loss === 'SILENCE') return
    if (loss !== null) {
      answer.writeHead(loss, { 'content-type': 'text/html' }).end('<h1>No service here</h1>')
      return
    }
    const { method, headers, url = '' } = asked
    const passed = request(url, { method, headers }, (heard) => {
      answer.writeHead(heard.statusCode ?? 502, heard.headers)
      heard.pipe(answer)
    })
    // The one side hangs up when the other does.
    passed.on('error', () => answer.destroy())
    answer.on('close', () => passed.destroy())
    asked.pipe(passed)
  })
  beforeAll(async () => {
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
    const address = proxy.address()
    if (address === null || typeof address === 'string') throw new Error('the proxy has no port')
    server = `http://127.0.0.1:${address.port}`
  })
  afterEach(() => {
    loss = null
  })
  afterAll(() => {
    proxy.closeAllConnections()
    proxy.close()
  })
  return {
    /** For a context's `proxy`. */
    readProxy: () => ({ server }),
    lose: (how: Loss) => {
      loss = how
    },
  }
}
