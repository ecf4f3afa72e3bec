import { once } from 'node:events'
import { Agent, createServer, request, type Server } from 'node:http'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { metrics } from './metrics'
import { countRequests } from './requests'

const ID = '7a1f3a52-7f2a-4a55-9a52-3a527f2a4a55'
let server: Server
let port = 0
const agent = new Agent({ keepAlive: true })

beforeAll(async () => {
  countRequests()
  server = createServer((asked, response) => {
    if (asked.url?.startsWith('/hang')) return
    response.statusCode = asked.url === '/wp-admin' ? 404 : 201
    response.end('ok')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  port = typeof address === 'object' && address ? address.port : 0
})
afterAll(() => {
  agent.destroy()
  server.closeAllConnections()
  server.close()
})

async function ask(method: string, path: string): Promise<void> {
  const asked = request({ port, host: '127.0.0.1', method, path, agent })
  asked.end()
  const [response] = await once(asked, 'response')
  response.resume()
  await once(response, 'end')
}

it('each request is counted once, by its route and the class of its status, also on a kept connection', async () => {
  await ask('POST', `/api/v1/openings/${ID}/entries?x=1`)
  await ask('POST', '/api/v1/openings/another/entries')
  await ask('GET', '/en/restaurants/kims-kitchen')
  await ask('GET', '/wp-admin')
  await ask('PROPFIND', '/somebody@bobjool.test')
  await expect
    .poll(async () =>
      (await metrics.requests.get()).values.map(({ labels, value }) => [labels, value]),
    )
    .toEqual([
      [{ method: 'POST', route: '/api/v1/openings/[id]/entries', status: '2xx' }, 2],
      [{ method: 'GET', route: '/restaurants/[slug]', status: '2xx' }, 1],
      [{ method: 'GET', route: 'other', status: '4xx' }, 1],
      [{ method: 'other', route: 'file', status: '2xx' }, 1],
    ])
  const text = await metrics.registry.getSingleMetricAsString(
    'bobjool_http_request_duration_seconds',
  )
  expect(text).toContain(
    'bobjool_http_request_duration_seconds_count{method="POST",route="/api/v1/openings/[id]/entries"} 2',
  )
  expect(text).not.toMatch(/kims|somebody|7a1f/)
})

it('who leaves before the answer is counted as that, and is in flight until then', async () => {
  const before = metrics.live.inFlight
  const asked = request({ port, host: '127.0.0.1', path: '/hang' })
  asked.on('error', () => {})
  asked.end()
  await expect.poll(() => metrics.live.inFlight).toBe(before + 1)
  asked.destroy()
  await expect.poll(() => metrics.live.inFlight).toBe(before)
  const { values } = await metrics.requests.get()
  expect(values.filter(({ labels }) => labels.status === 'aborted')).toMatchObject([{ value: 1 }])
})
