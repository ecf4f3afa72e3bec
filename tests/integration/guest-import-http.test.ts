import { beforeEach, describe, expect, test } from 'vitest'
import { GET as exportGuests } from '@/app/api/v1/restaurants/[id]/guests/export/route'
import { POST as importGuests } from '@/app/api/v1/restaurants/[id]/guests/import/route'
import { useDatabase } from '../support/database'
import { setUpBook } from '../support/guest-book-scene'
import { openSessionOf } from '../support/http-scene'

const database = useDatabase()
beforeEach(() => database.truncateAll())

async function setUp() {
  const { restaurantId, ownerId, booked } = await setUpBook()
  const [row] = await database.query<{ email: string }>(
    'SELECT email FROM accounts WHERE id = $1',
    [ownerId],
  )
  const { token } = await openSessionOf({ id: ownerId, email: row?.email ?? '' }, { role: 'OWNER' })
  const url = `http://localhost/api/v1/restaurants/${restaurantId}/guests`
  const context = { params: Promise.resolve({ id: restaurantId }) }
  const send = (body: BodyInit, { type = 'text/csv', query = '' } = {}) =>
    importGuests(
      new Request(`${url}/import${query}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': type },
        body,
        ...{ duplex: 'half' },
      }),
      context,
    )
  const download = (locale: string) =>
    exportGuests(
      new Request(`${url}/export?list=book&format=csv`, {
        headers: { authorization: `Bearer ${token}`, 'accept-language': locale },
      }),
      context,
    )
  return { send, download, booked }
}

const FILE = '이름,전화\n김단골,010-2345-6789\n'

describe('the guest book as a file, over HTTP', () => {
  test('an import answers with every line’s verdict, and a dry run is one', async () => {
    const { send } = await setUp()
    const dry = await send(FILE, { type: 'text/csv; charset=utf-8', query: '?dryRun=true' })
    expect(dry.status).toBe(200)
    expect(await dry.json()).toMatchObject({
      isDryRun: true,
      verdicts: [{ line: 2, verdict: 'NEW' }],
    })
    expect(await (await send(FILE)).json()).toMatchObject({ isDryRun: false, counts: { added: 1 } })
  })

  test('fifty megabytes are refused before they are read', async () => {
    const { send } = await setUp()
    const piece = new Uint8Array(1024 * 1024).fill(0x61)
    let sent = 0
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1
        if (sent > 50) controller.close()
        else controller.enqueue(piece)
      },
    })
    const answer = await send(body)
    expect(answer.status).toBe(413)
    expect(await answer.json()).toMatchObject({ reason: 'too-large' })
    expect(sent).toBeLessThan(15)
  })

  test.each([
    [FILE, { type: 'application/json' }, 415, 'not-csv'],
    ['', {}, 422, 'empty-file'],
    ['이름,전화\n김,"010\n', {}, 422, 'broken-csv'],
    [FILE, { query: '?dryRun=yes' }, 400, 'invalid-parameter'],
    [FILE, { query: '?dry=true' }, 400, 'unknown-parameter'],
  ])('%j, %j: %i %s', async (body, how, status, reason) => {
    const { send } = await setUp()
    const answer = await send(body, how)
    expect(answer.status).toBe(status)
    const problem = await answer.json()
    expect(problem).toMatchObject({ reason })
    expect(problem.title).not.toContain('{')
  })

  test('the book is downloaded with the words of its reader, and the download is recorded', async () => {
    const { booked, download } = await setUp()
    await booked()
    const korean = await download('ko')
    expect(korean.headers.get('content-disposition')).toMatch(/bobjool-guest-book\.csv/)
    const bytes = Buffer.from(await korean.arrayBuffer())
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    expect(bytes.toString()).toContain('"이름","전화번호","이메일","언어","태그","손님 메모"')
    expect(bytes.toString()).toMatch(/"김단골","(010-2345-6789|'\+82 10 2345 6789)",,"한국어"/)
    expect(await (await download('en')).text()).toContain('"Name","Phone","Email"')
    expect(
      await database.query(`SELECT details FROM audit_events WHERE act = 'EXPORT_GUESTS' LIMIT 1`),
    ).toEqual([{ details: { list: 'book' } }])
  })
})
