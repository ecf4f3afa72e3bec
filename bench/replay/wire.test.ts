import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { Wire } from './wire'

it('reads answers with a length, in chunks and without a body, one after another', async () => {
  const server = createServer((request, response) => {
    if (request.url === '/none') response.writeHead(304, { etag: '"a"' }).end()
    else if (request.url === '/length')
      response.writeHead(200, { 'content-length': 6 }).end(Buffer.from('식당'))
    else {
      // A character that is torn in two, then a pause: the end comes by itself.
      const [start, end] = [Buffer.from('밥줄').subarray(0, 4), Buffer.from('밥줄').subarray(4)]
      response.writeHead(201, { 'retry-after': '7' })
      response.write(start)
      response.write(end)
      setImmediate(() => response.end())
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  const wire = new Wire({ urls: [`http://127.0.0.1:${port}`], most: 1 })
  onTestFinished(() => wire.close())
  const ask = (path: string) => wire.ask({ method: 'GET', path })
  const answers = await Promise.all(['/chunks', '/none', '/length', '/chunks'].map(ask))
  expect(answers.map(({ status, body }) => [status, body])).toEqual([
    [201, '밥줄'],
    [304, ''],
    [200, '식당'],
    [201, '밥줄'],
  ])
  expect(answers.map(({ etag, retryAfterSeconds }) => [etag, retryAfterSeconds])).toEqual([
    ['', 7],
    ['"a"', null],
    ['', null],
    ['', 7],
  ])
})
