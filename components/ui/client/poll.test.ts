import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type News, type Polled, poll } from './poll'

const AT_MS = Date.parse('2026-12-04T01:00:00.000Z')

type Sent = { headers: Record<string, string>; signal: AbortSignal }
type Reply = (sent: Sent) => Response | Promise<Response>

/** A visible page, a network, and a server that gives these answers in this order. */
function setUp(replies: Reply[]) {
  const page = Object.assign(new EventTarget(), { hidden: false })
  const network = new EventTarget()
  const sent: Sent[] = []
  vi.stubGlobal('document', page)
  vi.stubGlobal('window', network)
  vi.stubGlobal('fetch', async (_: string, init: Sent) => {
    sent.push(init)
    const reply = replies.shift()
    if (!reply) throw new Error('nobody answers')
    return reply(init)
  })
  const news: News<Polled & { free?: number }>[] = []
  const failures: (number | null)[] = []
  const polling = poll<Polled & { free?: number }>({
    url: '/board',
    onNews: (heard) => news.push(heard),
    onFailure: (problem) => failures.push(problem?.status ?? null),
    endsWith: ({ status }) => status === 401,
  })
  return { page, network, sent, news, failures, polling }
}

const tell = ({ etag = '"a"', pollAfterMs = 2_000, free = 1 } = {}) => {
  const asOf = new Date(AT_MS).toISOString()
  return () => Response.json({ asOf, pollAfterMs, free }, { headers: { etag } })
}
const refuse =
  (status: number, headers = {}) =>
  () =>
    new Response(null, { status, headers })
/** An answer that never comes. */
const hang: Reply = ({ signal }) =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('stopped')))
  })

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)

beforeEach(() => {
  vi.useFakeTimers()
  vi.spyOn(Math, 'random').mockReturnValue(1)
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

describe('polling', () => {
  it('asks again when the server says so, and at most a quarter later', async () => {
    const { sent } = setUp([tell(), tell(), tell()])
    await pass(0)
    await pass(2_499)
    expect(sent).toHaveLength(1)
    await pass(1)
    expect(sent).toHaveLength(2)
  })

  it('reports nothing for an unchanged answer, but still records when it came', async () => {
    const { sent, news } = setUp([tell(), refuse(304)])
    await pass(2_500)
    expect(sent[1]?.headers['if-none-match']).toBe('"a"')
    expect(news.map(({ value }) => value.free)).toEqual([1, 1])
    expect(news[1]?.heardAtMs).toBeGreaterThan(news[0]?.heardAtMs ?? 0)
  })

  it('takes the instant that a 304 brings', async () => {
    const later = new Date(AT_MS + 2_500).toISOString()
    const { news } = setUp([tell(), refuse(304, { 'as-of': later })])
    await pass(2_500)
    expect(news[1]?.value.asOf).toBe(later)
  })

  it('accepts what the server shows while its database is away, but not as current', async () => {
    const { news } = setUp([tell({ etag: '"a-old"' })])
    await pass(0)
    expect(news[0]).toMatchObject({ isCurrent: false, asOfMs: AT_MS })
  })

  it('backs off up to fifteen seconds without answers, and never asks sooner than the server says', async () => {
    const { sent, failures } = setUp([refuse(503, { 'retry-after': '4' })])
    await pass(0)
    await pass(4_999)
    expect(sent).toHaveLength(1)
    await pass(1 + 2_500 + 5_000 + 10_000 + 18_750)
    expect(sent).toHaveLength(6)
    expect(failures).toEqual([503, null, null, null, null, null])
  })

  it('rests while the page is hidden, and on return asks at once for a whole answer', async () => {
    const { sent, page } = setUp([tell(), tell()])
    await pass(0)
    page.hidden = true
    page.dispatchEvent(new Event('visibilitychange'))
    await pass(3_600_000)
    expect(sent).toHaveLength(1)
    page.hidden = false
    page.dispatchEvent(new Event('visibilitychange'))
    await pass(0)
    expect(sent).toHaveLength(2)
    expect(sent[1]?.headers).not.toHaveProperty('if-none-match')
  })

  it('reports a lost network at once, and asks when it is back', async () => {
    const { sent, network, failures } = setUp([tell(), tell()])
    await pass(0)
    network.dispatchEvent(new Event('offline'))
    expect(failures).toEqual([null])
    network.dispatchEvent(new Event('online'))
    await pass(0)
    expect(sent).toHaveLength(2)
  })

  it('ends where retrying is useless, until the visitor comes back', async () => {
    const { sent, network } = setUp([refuse(401), tell()])
    await pass(3_600_000)
    expect(sent).toHaveLength(1)
    network.dispatchEvent(new Event('online'))
    await pass(0)
    expect(sent).toHaveLength(2)
  })

  it('keeps only the newest answer: one requested before an act shows the state before it', async () => {
    const { polling, sent, news, failures } = setUp([hang, tell({ free: 2 })])
    await pass(0)
    polling.askNow()
    await pass(0)
    expect(sent[0]?.signal.aborted).toBe(true)
    expect(news.map(({ value }) => value.free)).toEqual([2])
    expect(failures).toEqual([])
  })

  it('keeps a request that was made while an answer was on its way', async () => {
    const { polling, sent } = setUp([
      async () => {
        polling.askNow(300)
        return tell()()
      },
      tell(),
    ])
    await pass(300)
    expect(sent).toHaveLength(2)
  })

  it('gives up on an answer after eight seconds', async () => {
    const { failures } = setUp([hang, hang])
    await pass(8_000)
    expect(failures).toEqual([null])
  })

  it('ends when stopped, even with an answer on its way', async () => {
    const { polling, sent, news, failures } = setUp([hang])
    await pass(0)
    polling.stop()
    await pass(3_600_000)
    expect([sent.length, news, failures]).toEqual([1, [], []])
  })
})
