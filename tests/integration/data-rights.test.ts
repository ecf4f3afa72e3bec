import { beforeEach, describe, expect, test, vi } from 'vitest'
import { GET as exportAccount } from '@/app/api/v1/account/export/route'
import { GET as exportGuests } from '@/app/api/v1/restaurants/[id]/guests/export/route'
import { deleteAccount } from '@/domain/booking/delete-account.commands'
import { addDevice } from '@/domain/notification/subscription.commands'
import { readAccountExport } from '@/domain/privacy/account-export.queries'
import { listErasureRequests } from '@/domain/privacy/guest-export.queries'
import { accountExport, guestExport } from '@/domain/privacy/schema'
import { pool } from '@/lib/db/database'
import { sessionCookieName } from '@/lib/http/session'
import {
  createAccount,
  createReservation,
  createSlot,
  createStaff,
  DEMO_PASSWORD,
} from '@/prisma/factories'
import { book, setUpRestaurant } from '../support/booking-restaurant'
import { useDatabase } from '../support/database'
import { createPerson, openSessionOf, type Person } from '../support/http-scene'
import { useSecurityLines } from '../support/security-lines'

const database = useDatabase()
const security = useSecurityLines()
beforeEach(() => database.truncateAll())

const person = {
  name: '독고영재',
  email: 'dokgo-young@bobjool.test',
  phone: '+821077773141',
}
const HARMFUL = '=HYPERLINK("http://evil.test","땅콩")'

const headersOf = ({ token }: { token: string }) => ({
  authorization: `Bearer ${token}`,
  'accept-language': 'ko',
})

function askAccount({ who, query = '' }: { who: { token: string }; query?: string }) {
  const url = `http://localhost/api/v1/account/export${query}`
  return exportAccount(new Request(url, { headers: headersOf(who) }), {
    params: Promise.resolve({}),
  })
}

function askGuests({ who, id, query = '' }: { who: Person; id: string; query?: string }) {
  const url = `http://localhost/api/v1/restaurants/${id}/guests/export${query}`
  return exportGuests(new Request(url, { headers: headersOf(who) }), {
    params: Promise.resolve({ id }),
  })
}

/** A diner with a coming and a past visit, and something in every part of the export. */
async function setUpDiner() {
  const { scene, ownerId } = await setUpRestaurant()
  const diner = await createPerson(person)
  await book(diner.id, scene)
  await createReservation(pool, {
    slotId: (await createSlot(pool, { restaurantId: scene.restaurantId })).id,
    dinerId: diner.id,
    status: 'LEFT',
    note: HARMFUL,
  })
  await database.query(
    `UPDATE reservations SET allergies = '-갑각류', staff_note = '@단골' WHERE status = 'LEFT'`,
  )
  const { restaurantId, serviceDate } = scene
  await database.query(`INSERT INTO external_logins VALUES ('kakao', 'kakao-dokgo', $1)`, [
    diner.id,
  ])
  const endpoint = 'https://fcm.googleapis.com/fcm/send/secret-endpoint'
  const device = { endpoint, p256dh: 'p'.repeat(87), auth: 'a'.repeat(22) }
  expect((await addDevice({ accountId: diner.id, sessionId: null, device })).ok).toBe(true)
  await database.query(
    `INSERT INTO lines (restaurant_id, service_date, last_number) VALUES ($1, $2, 1)`,
    [restaurantId, serviceDate],
  )
  await database.query(
    `INSERT INTO tickets (restaurant_id, service_date, number, rank, party_size, dining, channel,
                          account_id, asker_id, taken_key, taken_hash, status, ended_at)
     VALUES ($1, $2, 1, 1, 3, 'IN_STORE', 'ONLINE', $3, $3, 'k', 'h', 'SEATED', now())`,
    [restaurantId, serviceDate, diner.id],
  )
  return { diner, restaurantId, ownerId, scene }
}

const ownerOf = async (id: string): Promise<Person> => {
  const [row] = await database.query<{ email: string }>(
    'SELECT email FROM accounts WHERE id = $1',
    [id],
  )
  const email = row?.email ?? ''
  return { id, email, ...(await openSessionOf({ id, email }, { role: 'OWNER' })) }
}

describe('a person’s export', () => {
  test('has everything about the account, and nothing of anybody else', async () => {
    const { diner } = await setUpDiner()
    const other = await createPerson({ name: '남의이름', phone: '+821099998888' })
    const answer = await askAccount({ who: diner })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-disposition')).toMatch(
      /^attachment; filename="bobjool-account-\d{4}-\d\d-\d\d\.json"$/,
    )
    expect(answer.headers.get('cache-control')).toBe('private, no-store')
    const text = await answer.text()
    const exported = accountExport.parse(JSON.parse(text))
    expect(exported.account).toMatchObject({ ...person, hasPassword: true })
    expect(exported.reservations).toHaveLength(2)
    expect(exported.reservations).toContainEqual(
      expect.objectContaining({ note: HARMFUL, allergies: '-갑각류', status: 'LEFT' }),
    )
    expect(exported.tickets).toMatchObject([{ number: 1, partySize: 3 }])
    expect(exported.agreements.map(({ kind }) => kind)).toContain('TERMS')
    expect(exported.logins).toMatchObject([{ provider: 'kakao', subject: 'kakao-dokgo' }])
    expect(exported.devices).toMatchObject([{ allowedAt: expect.any(String) }])
    expect(exported.notices.length).toBeGreaterThan(0)
    expect(exported.acts.map(({ act }) => act)).toEqual(expect.arrayContaining(['BOOK', 'EXPORT']))
    for (const secret of ['secret-', 'pppp', '$argon2', '단골', other.id, '남의이름', '99998888'])
      expect(text).not.toContain(secret)
  })

  test('as CSV opens in Excel, and runs nothing that was typed', async () => {
    const { diner } = await setUpDiner()
    const answer = await askAccount({ who: diner, query: '?format=csv' })
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    const bytes = new Uint8Array(await answer.arrayBuffer())
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    const [header, ...lines] = new TextDecoder().decode(bytes).trimEnd().split('\r\n')
    expect(header).toBe('"구분","번호","항목","내용"')
    expect(lines).toContain(
      '"reservations",2,"note","\'=HYPERLINK(""http://evil.test"",""땅콩"")"'.replace(
        '2',
        lines.some((line) => line.startsWith('"reservations",1,"note","\'=')) ? '1' : '2',
      ),
    )
    expect(lines).toContain(`"account",1,"phone","'${person.phone}"`)
    for (const line of lines) expect(line).not.toMatch(/(^|,)"?[=+\-@]/)
  })

  test('is for its own person only, and only while their session lives', async () => {
    const { diner } = await setUpDiner()
    const signedOut = await exportAccount(new Request('http://localhost/'), {
      params: Promise.resolve({}),
    })
    expect(signedOut.status).toBe(401)
    await database.query('UPDATE accounts SET session_epoch = 1 WHERE id = $1', [diner.id])
    expect((await askAccount({ who: diner })).status).toBe(401)
    const unknown = await askAccount({ who: diner, query: '?accountId=1' })
    expect([400, 401]).toContain(unknown.status)
  })

  test('is not fetched by another site with its person’s cookie', async () => {
    const diner = await createPerson()
    const ask = (site: string) =>
      exportAccount(
        new Request('http://localhost/api/v1/account/export', {
          headers: { cookie: `${sessionCookieName()}=${diner.token}`, 'sec-fetch-site': site },
        }),
        { params: Promise.resolve({}) },
      )
    expect((await ask('cross-site')).status).toBe(403)
    expect((await ask('same-origin')).status).toBe(200)
  })

  test('needs a fresh proof, and tries without one use up none of its own', async () => {
    const diner = await createPerson()
    await database.query(`UPDATE sessions SET proved_at = now() - interval '11 minutes'`)
    for (let tries = 0; tries < 8; tries++) {
      const refused = await askAccount({ who: diner })
      expect(refused.status).toBe(403)
      expect(await refused.json()).toMatchObject({ reason: 'proof-needed', hasPassword: true })
    }
    expect(security.find('export')).toEqual([])
    await database.query('UPDATE sessions SET proved_at = now()')
    expect((await askAccount({ who: diner })).status).toBe(200)
  })

  test('is limited, recorded and told in the security log', async () => {
    const diner = await createPerson()
    const statuses: number[] = []
    for (let asked = 0; asked < 7; asked++) statuses.push((await askAccount({ who: diner })).status)
    expect(statuses).toEqual([200, 200, 200, 200, 200, 200, 429])
    const [row] = await database.query<{ count: number }>(
      `SELECT count(*)::integer AS count FROM audit_events WHERE act = 'EXPORT' AND actor_id = $1`,
      [diner.id],
    )
    expect(row?.count).toBe(6)
    expect(security.find('export')).toHaveLength(6)
    expect(security.find('export')[0]).toMatchObject({ kind: 'account', subjectId: diner.id })
    expect(security.find('limited')).toHaveLength(1)
  })

  test('of thousands of rows is read by one statement, and one for each two thousand acts', async () => {
    const { diner, restaurantId } = await setUpDiner()
    const count = async () => {
      const watched = vi.spyOn(pool, 'query')
      const exported = await readAccountExport(diner.id)
      const statements = watched.mock.calls.length
      watched.mockRestore()
      return { exported, statements }
    }
    expect((await count()).statements, 'of few rows').toBe(2)
    await database.query(
      `INSERT INTO audit_events (actor_id, actor_role, subject, subject_id, act, to_status)
       SELECT $1, 'DINER', 'ACCOUNT', $1, 'CHANGE', 'ACTIVE' FROM generate_series(1, 20000)`,
      [diner.id],
    )
    await database.query(
      `INSERT INTO reservations (restaurant_id, diner_id, service_date, starts_at, ends_at, party_size, status)
       SELECT $1, $2, date '2020-01-01' + n, now() - interval '9 days', now() - interval '8 days', 2, 'LEFT'
         FROM generate_series(1, 5000) AS n`,
      [restaurantId, diner.id],
    )
    await database.query(
      `INSERT INTO notices (event_id, kind, account_id, subject_id, recipient, locale, payload, state, sent_at)
       SELECT e.id, 'RESERVATION_SOON', $1, $1, 'a@bobjool.test', 'ko', '{}', 'SENT', now()
         FROM (SELECT id FROM audit_events WHERE act = 'CHANGE' LIMIT 5000) AS e`,
      [diner.id],
    )
    const { exported, statements } = await count()
    expect(exported?.acts.length).toBeGreaterThan(20_000)
    expect(statements).toBe(1 + Math.floor((exported?.acts.length ?? 0) / 2_000) + 1)
    expect(exported?.reservations).toHaveLength(5_002)
    expect(exported?.notices.length).toBeGreaterThan(5_000)
    const { rows: acts } = await pool.query(
      'SELECT 1 FROM audit_events WHERE actor_id = $1 OR subject_id = $1',
      [diner.id],
    )
    expect(exported?.acts, 'each once').toHaveLength(acts.length)
    // Rows of one instant have an order, too.
    expect((await count()).exported?.reservations).toEqual(exported?.reservations)
    const ids = exported?.reservations.filter(({ note }) => !note).map(({ id }) => String(id)) ?? []
    expect(ids.slice(0, 5_000)).toEqual(ids.slice(0, 5_000).toSorted())
  })

  test('tells no guests of an owner’s day sheet, nor what a stranger typed with the address', async () => {
    const owner = await createPerson({ role: 'OWNER' })
    await database.query(
      `WITH event AS (INSERT INTO audit_events (actor_role, subject, subject_id, act, to_status)
         VALUES ('SERVICE', 'ACCOUNT', $1, 'TELL', 'SENT') RETURNING id)
       INSERT INTO notices (event_id, kind, account_id, subject_id, recipient, locale, payload)
       SELECT id, 'DAY_SHEET', $1, $1, $2, 'ko', $3 FROM event`,
      [
        owner.id,
        owner.email,
        { restaurantName: '밥줄식당', reservations: [{ dinerName: '남의이름' }] },
      ],
    )
    await database.query(
      `INSERT INTO link_requests (purpose, email, browser, system, return_path, texts, number, choices, expires_at)
       VALUES ('SIGN_IN', $1, 'CHROME', 'MAC', '/', '{"note": "남의글"}', 11, '{11,22,33}', now() + interval '1 minute')`,
      [owner.email],
    )
    const text = JSON.stringify(await readAccountExport(owner.id))
    expect(text).toContain('밥줄식당')
    expect(text).not.toContain('남의이름')
    expect(text).toContain('"browser":"CHROME"')
    expect(text).not.toContain('남의글')
  })
})

describe('a restaurant’s guest data', () => {
  test('goes to its owner, with what guests said, and nothing of another restaurant', async () => {
    const { ownerId, restaurantId } = await setUpDiner()
    const elsewhere = await setUpRestaurant()
    const stranger = await createPerson({ name: '남의손님' })
    await book(stranger.id, elsewhere.scene)
    const answer = await askGuests({ who: await ownerOf(ownerId), id: restaurantId })
    expect(answer.status).toBe(200)
    const text = await answer.text()
    const { items } = guestExport.parse(JSON.parse(text))
    expect(items.map(({ kind }) => kind).toSorted()).toEqual([
      'RESERVATION',
      'RESERVATION',
      'TICKET',
    ])
    expect(items).toContainEqual(
      expect.objectContaining({ name: person.name, phone: person.phone, staffNote: '@단골' }),
    )
    expect(text).not.toContain('남의손님')
    expect(text).not.toContain(person.email)
    expect(security.find('export')).toMatchObject([{ kind: 'guests', subjectId: restaurantId }])
  })

  test('is not found by floor staff, admins, other owners and diners', async () => {
    const { diner, restaurantId } = await setUpDiner()
    const staff = await createPerson()
    await createStaff(pool, { restaurantId, accountId: staff.id, role: 'STAFF' })
    const admin = await createPerson({ role: 'ADMIN' })
    const other = await ownerOf((await setUpRestaurant()).ownerId)
    for (const who of [staff, admin, other, diner])
      expect((await askGuests({ who, id: restaurantId })).status).toBe(404)
    expect(security.find('export')).toEqual([])
  })

  test('needs a fresh proof of its owner', async () => {
    const { ownerId, restaurantId } = await setUpDiner()
    const who = await ownerOf(ownerId)
    await database.query(`UPDATE sessions SET proved_at = now() - interval '11 minutes'`)
    expect((await askGuests({ who, id: restaurantId })).status).toBe(403)
    expect(security.find('export')).toEqual([])
    await database.query('UPDATE sessions SET proved_at = now()')
    expect((await askGuests({ who, id: restaurantId })).status).toBe(200)
  })

  test('as CSV runs nothing that a guest typed', async () => {
    const { ownerId, restaurantId } = await setUpDiner()
    const who = await ownerOf(ownerId)
    const text = await (await askGuests({ who, id: restaurantId, query: '?format=csv' })).text()
    expect(text).toContain(`"'=HYPERLINK(""http://evil.test"",""땅콩"")","'-갑각류","'@단골"`)
    expect(text).toContain('"이름","전화번호","이메일"')
  })

  test('of many years is sent in batches, each line once', async () => {
    const { scene, ownerId } = await setUpRestaurant()
    await database.query(
      `INSERT INTO reservations (restaurant_id, service_date, starts_at, ends_at, party_size, walk_in, status)
       SELECT $1, date '2020-01-01' + n / 3, now() - interval '9 days', now() - interval '8 days', 2, true, 'LEFT'
         FROM generate_series(1, 4500) AS n`,
      [scene.restaurantId],
    )
    const who = await ownerOf(ownerId)
    const answer = await askGuests({ who, id: scene.restaurantId })
    expect(guestExport.parse(await answer.json()).items).toHaveLength(4_500)
  })

  test('is one JSON list for a restaurant without guests', async () => {
    const { scene, ownerId } = await setUpRestaurant()
    const answer = await askGuests({ who: await ownerOf(ownerId), id: scene.restaurantId })
    expect(await answer.json()).toEqual({ items: [] })
  })
})

describe('a request to be forgotten', () => {
  test('reaches every restaurant that knows the guest, by the visits and without a name', async () => {
    const { diner, restaurantId } = await setUpDiner()
    const elsewhere = await setUpRestaurant()
    const proof = { password: DEMO_PASSWORD }
    expect(await deleteAccount({ accountId: diner.id, email: diner.email, proof })).toMatchObject({
      ok: true,
    })
    const [asked, ...more] = await listErasureRequests(restaurantId)
    expect(more).toEqual([])
    expect(asked?.reservations).toHaveLength(2)
    expect(asked?.tickets).toMatchObject([{ number: 1 }])
    expect(JSON.stringify(asked)).not.toContain(person.name)
    expect(await listErasureRequests(elsewhere.scene.restaurantId)).toEqual([])
  })

  test('asks nobody if the account was at no restaurant, and nothing if deleting is refused', async () => {
    const { restaurantId, diner } = await setUpDiner()
    const stranger = await createAccount(pool)
    await deleteAccount({
      accountId: stranger.id,
      email: stranger.email,
      proof: { password: DEMO_PASSWORD },
    })
    const refused = await deleteAccount({
      accountId: diner.id,
      email: diner.email,
      proof: { password: 'not the right one' },
    })
    expect(refused.ok).toBe(false)
    expect(await listErasureRequests(restaurantId)).toEqual([])
  })
})
