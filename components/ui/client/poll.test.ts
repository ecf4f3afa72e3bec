import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type News, type Polled, poll } from './poll'

const AT_MS = Date.parse('2026-12-04T01:00:00.000Z')

type Sent = { headers: Record<string, string>; signal: AbortSignal }
type Reply = (sent: Sent) => Response | Promise<Response>

/** A page that is looked at, a network, and a server that answers in this order. */
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
    endsWith: (status) => status === 401,
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
/** Until it is told to stop. */
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
  it('asks again when the server says so, and a quarter later at most', async () => {
    const { sent } = setUp([tell(), tell(), tell()])
    await pass(0)
    await pass(2_499)
    expect(sent).toHaveLength(1)
    await pass(1)
    expect(sent).toHaveLength(2)
  })

  it('asks for nothing that is unchanged, and says when it was heard all the same', async () => {
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

  it('takes what the server shows while its database is away for what it is', async () => {
    const { news } = setUp([tell({ etag: '"a-old"' })])
    await pass(0)
    expect(news[0]).toMatchObject({ isCurrent: false, asOfMs: AT_MS })
  })

  it('backs off while nobody answers, up to fifteen seconds, and never sooner than it is told', async () => {
    const { sent, failures } = setUp([refuse(503, { 'retry-after': '4' })])
    await pass(0)
    await pass(4_999)
    expect(sent).toHaveLength(1)
    await pass(1 + 2_500 + 5_000 + 10_000 + 18_750)
    expect(sent).toHaveLength(6)
    expect(failures).toEqual([503, null, null, null, null, null])
  })

  it('rests while nobody looks, and on their return asks at once, for a whole answer', async () => {
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

  it('tells of a lost network in that moment, and asks when it is back', async () => {
    const { sent, network, failures } = setUp([tell(), tell()])
    await pass(0)
    network.dispatchEvent(new Event('offline'))
    expect(failures).toEqual([null])
    network.dispatchEvent(new Event('online'))
    await pass(0)
    expect(sent).toHaveLength(2)
  })

  it('ends where asking again is no use, until somebody comes back', async () => {
    const { sent, network } = setUp([refuse(401), tell()])
    await pass(3_600_000)
    expect(sent).toHaveLength(1)
    network.dispatchEvent(new Event('online'))
    await pass(0)
    expect(sent).toHaveLength(2)
  })

  it('hears only the newest: what was asked before an act shows how it was before', async () => {
    const { polling, sent, news, failures } = setUp([hang, tell({ free: 2 })])
    await pass(0)
    polling.askNow()
    await pass(0)
    expect(sent[0]?.signal.aborted).toBe(true)
    expect(news.map(({ value }) => value.free)).toEqual([2])
    expect(failures).toEqual([])
  })

  it('keeps to what was asked for while an answer was on its way', async () => {
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

  it('is over when it is stopped, whatever is still on its way', async () => {
    const { polling, sent, news, failures } = setUp([hang])
    await pass(0)
    polling.stop()
    await pass(3_600_000)
    expect([sent.length, news, failures]).toEqual([1, [], []])
  })
})
