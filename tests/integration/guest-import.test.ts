import { beforeEach, describe, expect, test } from 'vitest'
import { forgetOverdue } from '@/domain/admin/retention.commands'
import { continueImports, workOnImport } from '@/domain/guest/import-work.commands'
import { pool } from '@/lib/db/database'
import { showPhone } from '@/lib/text/phone'
import { createAccount } from '@/prisma/factories'
import { useDatabase } from '../support/database'
import { dietOf, setUpBook, writeDownDiner } from '../support/guest-book-scene'
import {
  countStatements,
  createImporter,
  readWholeBook,
  writeMany,
} from '../support/guest-import-scene'
import { TIME_ZONE } from '../support/time-zone'
import { addNoteUnprotected } from '../support/unprotected-import'

const database = useDatabase()
beforeEach(() => database.truncateAll())

async function setUp() {
  const book = await setUpBook()
  return { ...book, ...createImporter(book) }
}

/** As people of the restaurant's country write it. */
const SHOWN = showPhone({ phone: '+821011112222', timeZone: TIME_ZONE })
const HEADER = '이름,전화,이메일,태그,메모,알레르기,싫어하는 음식,동의,동의일\n'
const countGuests = async () => (await database.query('SELECT 1 FROM guests')).length

describe('an import of a few lines', () => {
  test('a dry run tells of every line, and writes nothing', async () => {
    const { booked, send } = await setUp()
    const { guestId } = await booked()
    const before = await readWholeBook(database)
    const file = `${HEADER}김단골,010-2345-6789,,VIP,,,,,\n새손님,010-1111-2222,,,,땅콩,,,\n새손님,+82 10 1111 2222,,,,,,,\n박,010,,,,,,,\n`
    const told = await send(file, { isDryRun: true })
    expect(told).toMatchObject({
      ...{ id: null, isDryRun: true, state: 'DONE', lines: 4, linesDone: 4, ignoredColumns: [] },
      counts: { added: 1, changed: 1, unchanged: 0, same: 1, refused: 1, warned: 1 },
    })
    expect(told.verdicts).toEqual([
      { line: 2, verdict: 'CHANGED', guestId, warnings: [] },
      { line: 3, verdict: 'NEW', warnings: ['consent-missing'] },
      { line: 4, verdict: 'SAME', sameAs: 3, warnings: [] },
      { line: 5, verdict: 'REFUSED', reason: 'invalid', column: 'phone', warnings: [] },
    ])
    expect(await readWholeBook(database)).toEqual(before)
    expect(await database.query(`SELECT 1 FROM audit_events WHERE act = 'IMPORT_GUESTS'`)).toEqual(
      [],
    )
  })

  test('writes new guests whole, under the author’s name, and the same file again changes nothing', async () => {
    const { send, read, ownerId } = await setUp()
    const file = `${HEADER}김 새봄,010-1111-2222,Kim@Bobjool.test,"VIP, 창가","=1+1",땅콩,고수,전화,2026-01-05\n이가을,,lee@bobjool.test,,,,,,\n`
    const [first] = (await send(file)).verdicts
    const entry = await read(first?.guestId ?? '')
    expect(entry).toMatchObject({
      ...{ name: '김 새봄', phone: SHOWN, email: 'kim@bobjool.test', locale: 'ko' },
      tags: [
        { name: 'VIP', color: 'ACCENT' },
        { name: '창가', color: 'GREY' },
      ],
      ...{ note: '=1+1', allergies: '땅콩', dislikes: '고수' },
      consent: { way: 'PHONE', at: expect.stringMatching(/^2026-01-0[45]/) },
    })
    const acts = await database.query<{ act: string; actor: string }>(
      `SELECT act, actor_id AS actor FROM audit_events WHERE act IN ('IMPORT_GUESTS', 'GIVE_CONSENT') ORDER BY act`,
    )
    expect(acts).toEqual([
      { act: 'GIVE_CONSENT', actor: ownerId },
      { act: 'IMPORT_GUESTS', actor: ownerId },
    ])
    const before = await readWholeBook(database)
    expect((await send(file)).counts).toMatchObject({ added: 0, changed: 0, unchanged: 2 })
    expect(await readWholeBook(database)).toEqual(before)
  })

  test('adds to a guest who is known, and takes nothing of theirs away', async () => {
    const { booked, change, send, read } = await setUp()
    const { guestId } = await booked()
    const known = { tags: [{ name: '단골' }], note: '창가 자리', ...dietOf('새우', '고수') }
    expect((await change(guestId, known)).ok).toBe(true)
    const { version } = await read(guestId)
    await send(
      `${HEADER}김 단골,01023456789,kim@bobjool.test,"단골,VIP","조용한 자리\n창가 자리","땅콩, 새우",,직접,2026-01-05\n`,
    )
    expect(await read(guestId)).toMatchObject({
      ...{ name: '김단골', email: 'kim@bobjool.test', version: version + 1 },
      tags: [{ name: 'VIP' }, { name: '단골' }],
      ...{ note: '창가 자리\n조용한 자리', allergies: '새우, 땅콩', dislikes: '고수' },
    })
  })

  test('refuses a line whose number belongs to another person, and keeps a name that is known', async () => {
    const { booked, verdictsOf, read } = await setUp()
    const { guestId } = await booked()
    const [other, spelt] = await verdictsOf(
      `${HEADER}이손님,010-2345-6789,lee@bobjool.test,,,,,,\n`,
    ).then(async ([first]) => [
      first,
      (await verdictsOf(`${HEADER}이손님,010-2345-6789,,VIP,,,,,\n`))[0],
    ])
    expect(other).toMatchObject({ verdict: 'REFUSED', reason: 'guest-differs' })
    expect(spelt).toMatchObject({ verdict: 'CHANGED', guestId, warnings: ['name-kept'] })
    expect(await read(guestId)).toMatchObject({ name: '김단골', email: null })
  })

  test('finds a diner by their own number, and leaves number and address with the account', async () => {
    const book = await setUp()
    const { entryId } = await writeDownDiner(book)
    await database.query(
      `UPDATE accounts SET phone = '+821055556666', name = '오디너' WHERE id = $1`,
      [book.dinerId],
    )
    await database.query(`UPDATE guests SET name = '오디너' WHERE id = $1`, [entryId])
    const file = `${HEADER}오디너,010-5555-6666,odiner@bobjool.test,단골,,,,,\n`
    expect(await book.verdictsOf(file)).toMatchObject([{ verdict: 'CHANGED', guestId: entryId }])
    expect(
      await database.query('SELECT phone, email FROM guests WHERE id = $1', [entryId]),
    ).toEqual([{ phone: null, email: null }])
  })

  test('writes what it adds to a merged guest on their entry', async () => {
    const { booked, merge, verdictsOf, read } = await setUp()
    const { guestId: entryId } = await booked()
    const { guestId } = await booked({
      guest: { name: '김부장', phone: '010-3333-4444' },
      override: true,
    })
    expect((await merge(guestId, entryId)).ok).toBe(true)
    expect(await verdictsOf(`${HEADER}김부장,010-3333-4444,,VIP,조용한 자리,,,,\n`)).toMatchObject([
      { verdict: 'CHANGED', guestId: entryId },
    ])
    expect(await read(entryId)).toMatchObject({ note: '조용한 자리', tags: [{ name: 'VIP' }] })
  })

  test('is for the restaurant’s owner, and knows its own guests only', async () => {
    const { submit, staffId, booked, verdictsOf } = await setUp()
    const other = await setUp()
    await other.booked()
    const file = `${HEADER}김단골,010-2345-6789,,,,,,,\n`
    const admin = await createAccount(pool, { role: 'ADMIN' })
    for (const by of [staffId, other.ownerId, admin.id])
      expect(await submit(file, { by })).toMatchObject({ ok: false, reason: 'not-found' })
    expect(await verdictsOf(file)).toMatchObject([{ verdict: 'NEW' }])
    await booked({ guest: { name: '박', phone: '010-7777-8888' } })
  })
})

test('what is exported and imported again changes nothing, whatever stands in it', async () => {
  const book = await setUp()
  const { booked, change, merge, download, verdictsOf } = book
  const { guestId } = await booked({
    guest: { name: '=HYPERLINK("x")', phone: '+1 415 555 2671', locale: 'en' },
  })
  const notes = {
    note: '\'=1+1\n"따옴표", 쉼표;\n+82',
    tags: [{ name: '@VIP' }, { name: 'a,b;"c"' }],
  }
  expect((await change(guestId, { ...notes, ...dietOf('-땅콩, 새우', '=고수') })).ok).toBe(true)
  const { guestId: second } = await booked({
    guest: { name: '이메일', email: 'mail@bobjool.test' },
    override: true,
  })
  const { guestId: merged } = await booked({
    guest: { name: '합친', phone: '010-3333-4444' },
    override: true,
  })
  expect((await merge(merged, second)).ok).toBe(true)
  await writeDownDiner(book)
  await database.query(`UPDATE accounts SET phone = '+821055556666' WHERE id = $1`, [book.dinerId])
  await database.query(`INSERT INTO guests (restaurant_id, name) VALUES ($1, '이름만')`, [
    book.restaurantId,
  ])
  const before = await readWholeBook(database)
  const file = await download()
  expect(file.startsWith('\uFEFF"이름","전화번호"')).toBe(true)
  for (const line of file.slice(1).split('\r\n')) expect(line).not.toMatch(/(^|,)"?[=+\-@]/)
  const verdicts = await verdictsOf(file)
  expect(verdicts.filter(({ verdict }) => verdict !== 'UNCHANGED')).toMatchObject([
    { verdict: 'REFUSED', reason: 'no-contact' },
  ])
  expect(verdicts).toHaveLength(4)
  expect(verdicts.flatMap(({ warnings }) => warnings)).toEqual([])
  expect(await readWholeBook(database)).toEqual(before)
})

describe('an import of the most lines that are answered at once', () => {
  const MOST = 1_000

  test('writes all of them when it answers', async () => {
    const { send } = await setUp()
    const sent = await countStatements(async () =>
      expect(await send(writeMany(MOST))).toMatchObject({
        ...{ id: null, state: 'DONE', lines: MOST, linesDone: MOST, counts: { added: MOST } },
      }),
    )
    // One for each line would be a thousand.
    expect(sent).toBeGreaterThan(3)
    expect(sent).toBeLessThan(40)
    expect(await countGuests()).toBe(MOST)
  })

  test('that can’t have its last line writes none, and sent again it writes all', async () => {
    const { send, submit, booked } = await setUp()
    const file = writeMany(MOST)
    const [name = '', phone = ''] = file.trimEnd().split('\n').at(-1)?.split(',') ?? []
    const { guestId } = await booked({ guest: { name, phone } })
    const client = await database.pool.connect()
    try {
      await client.query('BEGIN')
      await client.query('SELECT FROM guests WHERE id = $1 FOR UPDATE', [guestId])
      expect(await submit(file)).toEqual({ ok: false, reason: 'busy' })
      expect(await countGuests()).toBe(1)
      await client.query('COMMIT')
    } finally {
      client.release()
    }
    expect((await send(file)).counts).toMatchObject({ added: MOST - 1, changed: 1 })
  })
})

describe('an import of many lines', () => {
  const MANY = 2_000
  const PARTS = MANY / 500

  test('is staged, goes on after its answer, shows how far it is, and forgets each line when it is done', async () => {
    const { send, look, finish, restaurantId } = await setUp()
    const file = `${writeMany(MANY)}박,010,,,,,\n`
    const staged = await countStatements(() => send(file))
    const [running] = await database.query<{ id: string }>('SELECT id FROM guest_imports')
    const id = running?.id ?? ''
    expect(await look(id)).toMatchObject({ state: 'RUNNING', lines: MANY + 1, linesDone: 0 })
    await workOnImport({ importId: id, mostParts: 1 })
    expect(await look(id)).toMatchObject({
      state: 'RUNNING',
      linesDone: 500,
      counts: { added: 500 },
    })
    expect(
      await database.query('SELECT 1 FROM guest_import_parts WHERE lines IS NOT NULL'),
    ).toHaveLength(PARTS)
    const worked = await countStatements(finish)
    // Of the begun transactions too; one for each line would be thousands.
    expect(worked).toBeGreaterThan(PARTS)
    expect(staged + worked).toBeLessThan(25 * (PARTS + 2))
    expect(await look(id, { attention: true })).toMatchObject({
      ...{ state: 'DONE', linesDone: MANY + 1, counts: { added: MANY, refused: 1 } },
      verdicts: [{ line: MANY + 2, reason: 'invalid' }],
      nextCursor: null,
    })
    expect(await countGuests()).toBe(MANY)
    expect(
      await database.query('SELECT 1 FROM guest_import_parts WHERE lines IS NOT NULL'),
    ).toEqual([])
    expect(
      await database.query('SELECT 1 FROM guest_diets WHERE restaurant_id = $1', [restaurantId]),
    ).toHaveLength(MANY / 100)
    const first = await look(id, { limit: 200 })
    expect(first.verdicts.map(({ line }) => line)).toEqual(
      Array.from({ length: 200 }, (_, n) => n + 2),
    )
    const second = await look(id, { limit: 200, cursor: first.nextCursor })
    expect(second.verdicts[0]?.line).toBe(202)
  })

  const start = async () => {
    const book = await setUp()
    const { id } = await book.send(writeMany(MANY))
    return { ...book, id: id ?? '' }
  }
  const stall = () =>
    database.query(`UPDATE guest_imports SET worked_at = now() - interval '1 minute'`)

  test('that was killed in the middle goes on with the sweep, and writes each line once', async () => {
    const { id, look, submit } = await start()
    await workOnImport({ importId: id, mostParts: 2 })
    expect(await continueImports()).toEqual({ continued: 0 })
    expect(await submit(writeMany(MANY))).toMatchObject({ ok: false, reason: 'import-running' })
    await stall()
    // Two sweeps and the first worker at once.
    await Promise.all([continueImports(), continueImports(), workOnImport({ importId: id })])
    await workOnImport({ importId: id })
    expect(await look(id)).toMatchObject({
      state: 'DONE',
      linesDone: MANY,
      counts: { added: MANY },
    })
    expect(await countGuests()).toBe(MANY)
  })

  test('that can’t go on fails visibly, and leaves nothing of its lines', async () => {
    const { id, look } = await start()
    await database.query('UPDATE guest_imports SET attempts = 5')
    await stall()
    await continueImports()
    expect(await look(id)).toMatchObject({ state: 'FAILED', linesDone: 0 })
    expect(
      await database.query('SELECT 1 FROM guest_import_parts WHERE lines IS NOT NULL'),
    ).toEqual([])
  })

  test('ends when its account owns the restaurant no more', async () => {
    const { id, ownerId } = await start()
    await database.query('DELETE FROM restaurant_staff WHERE account_id = $1', [ownerId])
    await workOnImport({ importId: id })
    expect(await database.query('SELECT state FROM guest_imports')).toEqual([{ state: 'FAILED' }])
    expect(await countGuests()).toBe(0)
    expect(
      await database.query('SELECT 1 FROM guest_import_parts WHERE lines IS NOT NULL'),
    ).toEqual([])
  })

  test('a dry run of it writes nothing; after a day nothing of either is left', async () => {
    const { send, finish, look } = await setUp()
    const { id } = await send(writeMany(MANY), { isDryRun: true })
    await finish()
    expect(await look(id ?? '')).toMatchObject({ state: 'DONE', counts: { added: MANY } })
    expect(await countGuests()).toBe(0)
    await database.query(`UPDATE guest_imports SET created_at = now() - interval '25 hours'`)
    expect(await forgetOverdue('guest-imports')).toEqual({ forgotten: 1 })
    expect(await database.query('SELECT 1 FROM guest_import_parts')).toEqual([])
  })
})

describe('an import while staff write on the same guest', () => {
  const FILE = `${HEADER}김단골,010-2345-6789,,VIP,조용한 자리,,,,\n`

  /** Staff have written a note, and not committed it, when the work looks at the guest. */
  async function whileStaffWrite(guestId: string, work: () => Promise<unknown>) {
    const client = await pool.connect()
    try {
      await client.query('BEGIN')
      await client.query(
        `UPDATE guests SET note = '창가 자리', version = version + 1 WHERE id = $1`,
        [guestId],
      )
      const working = work()
      await expect
        .poll(async () => {
          const { rows } = await client.query(
            `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`,
          )
          return rows.length
        })
        .toBeGreaterThan(0)
      await client.query('COMMIT')
      return await working
    } finally {
      client.release()
    }
  }

  test('waits for them and loses nothing', async () => {
    const { booked, verdictsOf, read } = await setUp()
    const { guestId } = await booked()
    await whileStaffWrite(guestId, () => verdictsOf(FILE))
    expect(await read(guestId)).toMatchObject({ note: '창가 자리\n조용한 자리', version: 3 })
  })

  test('control: without the lock what staff wrote is lost', async () => {
    const { booked, read } = await setUp()
    const { guestId } = await booked()
    await whileStaffWrite(guestId, () =>
      addNoteUnprotected({ guestId, note: '조용한 자리', whileThinking: async () => {} }),
    )
    expect(await read(guestId)).toMatchObject({ note: '조용한 자리' })
  })

  test('two imports and two phone bookings of the same new people make each of them once', async () => {
    const { verdictsOf, booked } = await setUp()
    const people = Array.from({ length: 40 }, (_, n) => ({
      name: `손님${n}`,
      phone: `010-4444-${1_000 + n}`,
    }))
    const fileOf = (some: typeof people) =>
      `이름,전화\n${some.map(({ name, phone }) => `${name},${phone}`).join('\n')}\n`
    const [first, last] = [people[0], people.at(-1)]
    await Promise.all([
      verdictsOf(fileOf(people)),
      verdictsOf(fileOf(people.toReversed())),
      ...[first, last].flatMap((guest) => (guest ? [booked({ guest })] : [])),
    ])
    expect(await countGuests()).toBe(people.length)
  })
})
