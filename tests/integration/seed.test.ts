import { verify } from '@node-rs/argon2'
import { Temporal } from 'temporal-polyfill'
import { beforeEach, describe, expect, it } from 'vitest'
import { addDays, todayOf } from '@/domain/schedule/rules'
import { pool } from '@/lib/db/database'
import { seedDemo } from '@/prisma/seed'
import { demoRestaurants } from '@/prisma/seed/restaurants'
import { useDatabase } from '@/tests/support/database'

const database = useDatabase()
const fridayOnly = demoRestaurants.filter(({ slug }) => slug === 'friday')

function inSeoul(wall: string): Date {
  const zoned = Temporal.PlainDateTime.from(wall).toZonedDateTime('Asia/Seoul')
  return new Date(zoned.epochMilliseconds)
}

function todayAt(now: Date): string {
  return todayOf({ now, timeZone: 'Asia/Seoul', dayCutMinutes: 300 })
}

/** What a diner could book at `friday` for today at that instant, earliest first. */
async function listBookable({ now, partySize }: { now: Date; partySize: number }) {
  return database.query<{ startsAt: Date; tableNumber: number }>(
    `SELECT s.starts_at AS "startsAt", t.number AS "tableNumber"
       FROM slots s
       JOIN restaurants r ON r.id = s.restaurant_id AND r.slug = 'friday' AND r.bookings_on
       JOIN service_dates d ON d.restaurant_id = r.id AND d.service_date = s.service_date
       JOIN restaurant_tables t ON t.id = s.table_id
      WHERE s.service_date = service_date_at($1, r.time_zone, r.day_cut_minutes)
        AND d.opens_at <= $1 AND NOT d.closed
        AND NOT EXISTS (SELECT FROM openings o
                         WHERE o.restaurant_id = r.id AND o.service_date = s.service_date
                           AND o.cancelled_at IS NULL AND o.gate_until > $1)
        AND s.starts_at > $1 AND $2 BETWEEN s.min_party AND s.max_party
        AND NOT s.taken AND NOT s.blocked AND s.deleted_at IS NULL
      ORDER BY s.starts_at, t.number`,
    [now, partySize],
  )
}

async function countRows(): Promise<Record<string, string>[]> {
  return database.query(
    `SELECT (SELECT count(*) FROM accounts) AS accounts, (SELECT count(*) FROM restaurants) AS restaurants,
            (SELECT count(*) FROM restaurant_tables) AS tables, (SELECT count(*) FROM slots) AS slots,
            (SELECT count(*) FROM reservations) AS reservations, (SELECT count(*) FROM audit_events) AS events,
            (SELECT count(*) FROM openings) AS openings, (SELECT count(*) FROM opening_entries) AS entries,
            (SELECT max(opens_at)::text FROM service_dates) AS opening`,
  )
}

describe('the demo data', () => {
  beforeEach(() => database.truncateAll())

  it('has the accounts of the demo, all of which can sign in', async () => {
    await seedDemo({ pool, restaurants: [] })
    const accounts = await database.query<{ email: string; role: string; hash: string }>(
      `SELECT email, role, password_hash AS hash FROM accounts
        WHERE email_confirmed_at IS NOT NULL AND (role <> 'OWNER' OR owner_approved_at IS NOT NULL)`,
    )
    const diners = Array.from({ length: 20 }, (_, index) => `diner${index + 1}@bobjool.test`)
    expect(accounts.map(({ email }) => email).toSorted()).toEqual(
      ['admin@bobjool.test', 'owner@bobjool.test', ...diners].toSorted(),
    )
    for (const { email, role, hash } of accounts) {
      const expected = { admin: 'ADMIN', owner: 'OWNER' }[email.split('@')[0] ?? ''] ?? 'DINER'
      expect(role, email).toBe(expected)
      expect(hash).toMatch(/^\$argon2id\$/)
    }
    expect(await verify(accounts[0]?.hash ?? '', 'bobjool-demo')).toBe(true)
  })

  it('is complete and consistent, and made only once', async () => {
    const lines: string[] = []
    const report = (line: string) => lines.push(line)
    await seedDemo({ pool, report })
    expect(lines).toHaveLength(2 + demoRestaurants.length + 12 + lines.filter(isLate).length)
    const before = await countRows()

    lines.length = 0
    await seedDemo({ pool, report })
    expect(lines).toEqual([])
    expect(await countRows()).toEqual(before)

    const restaurants = await database.query<{ slug: string; tables: number; dates: number }>(
      `SELECT slug, (SELECT count(*)::int FROM restaurant_tables t WHERE t.restaurant_id = r.id) AS tables,
              (SELECT count(*)::int FROM service_dates d WHERE d.restaurant_id = r.id) AS dates
         FROM restaurants r ORDER BY slug`,
    )
    expect(restaurants).toHaveLength(12)
    expect(restaurants).toContainEqual({ slug: 'corner', tables: 0, dates: 0 })
    expect(restaurants).toContainEqual({ slug: 'garden', tables: 10, dates: 15 })
    expect(restaurants).toContainEqual({ slug: 'friday', tables: 14, dates: 15 })
    for (const { slug, tables, dates } of restaurants.filter(({ slug }) => slug !== 'corner')) {
      expect(tables, slug).toBeGreaterThanOrEqual(8)
      expect(tables, slug).toBeLessThanOrEqual(14)
      expect(dates, slug).toBeGreaterThanOrEqual(12)
    }
    const owned = await database.query<{ slug: string }>(
      `SELECT r.slug FROM restaurant_staff s JOIN restaurants r ON r.id = s.restaurant_id
         JOIN accounts a ON a.id = s.account_id
        WHERE a.email = 'owner@bobjool.test' AND s.role = 'OWNER' ORDER BY r.slug`,
    )
    expect(owned.map(({ slug }) => slug)).toEqual(['corner', 'friday', 'garden'])
  })

  it('G1: marks a slot as taken exactly when a reservation occupies it', async () => {
    await seedDemo({ pool })
    const wrong = await database.query(
      `SELECT s.id FROM slots s
        WHERE s.taken <> EXISTS (
          SELECT FROM reservation_slots c JOIN reservations v ON v.id = c.reservation_id
           WHERE c.slot_id = s.id AND c.released_at IS NULL AND v.status IN ('HELD', 'CONFIRMED', 'SEATED')
             AND v.service_date = s.service_date AND v.party_size BETWEEN s.min_party AND s.max_party)`,
    )
    expect(wrong).toEqual([])
    const [reserved] = await database.query<{ count: number; told: number }>(
      `SELECT (SELECT count(*)::int FROM reservations) AS count, (SELECT count(*)::int FROM notices) AS told`,
    )
    expect(reserved?.count).toBeGreaterThan(100)
    expect(reserved).toMatchObject({ told: 0 })
  })

  it('gives diner1 to diner20 two or three reservations to come, and the rest to further accounts', async () => {
    await seedDemo({ pool })
    const held = await database.query<{ email: string; coming: number; atHand: number }>(
      `SELECT a.email, count(*) FILTER (WHERE v.starts_at > now() AND v.status = 'CONFIRMED')::int AS coming,
              count(*) FILTER (WHERE v.service_date <= service_date_at(now(), r.time_zone, r.day_cut_minutes) + 3)::int AS "atHand"
         FROM reservations v JOIN accounts a ON a.id = v.diner_id JOIN restaurants r ON r.id = v.restaurant_id
        GROUP BY a.email`,
    )
    const demo = Array.from({ length: 20 }, (_, index) => `diner${index + 1}@bobjool.test`)
    const own = held.filter(({ email }) => demo.includes(email))
    expect(own.map(({ email }) => email).toSorted()).toEqual(demo.toSorted())
    for (const { email, coming, atHand } of own) {
      expect([2, 3], email).toContain(coming)
      // The days at hand are free for trying the service.
      expect(atHand, email).toBe(0)
    }
    expect(held.length).toBeGreaterThan(100)
    for (const { email, coming } of held) expect(coming, email).toBeLessThanOrEqual(10)
  })

  it('gives nobody two reservations that overlap', async () => {
    await seedDemo({ pool })
    const overlaps = await database.query(
      `SELECT a.diner_id FROM reservations a JOIN reservations b ON b.diner_id = a.diner_id AND b.id > a.id
        WHERE a.starts_at < b.ends_at AND b.starts_at < a.ends_at`,
    )
    expect(overlaps).toEqual([])
  })

  it('makes up for reservations of the demo diners that are over', async () => {
    await seedDemo({ pool })
    const countComing = async () =>
      (
        await database.query<{ count: number }>(
          `SELECT count(*)::int FROM reservations v JOIN accounts a ON a.id = v.diner_id
            WHERE a.email = 'diner7@bobjool.test' AND v.status = 'CONFIRMED' AND v.starts_at > now()`,
        )
      )[0]?.count
    const before = await countComing()
    await database.query(
      `UPDATE reservations SET status = 'LEFT' FROM accounts a WHERE a.id = diner_id AND a.email = 'diner7@bobjool.test'`,
    )
    expect(await countComing()).toBe(0)
    await seedDemo({ pool })
    expect(await countComing()).toBe(before)
  })

  it('lets a party of two and one of four book at friday right now', async () => {
    await seedDemo({ pool, restaurants: fridayOnly })
    for (const [email, partySize] of [
      ['diner1@bobjool.test', 2],
      ['diner2@bobjool.test', 4],
    ] as const) {
      const [free] = await listBookable({ now: new Date(), partySize })
      const [placed] = await database.query<{ answer: object }>(
        `SELECT place_reservation(a.id, 'k', 'h', r.id, service_date_at(now(), r.time_zone, r.day_cut_minutes),
                                  $2, $3, NULL, NULL, NULL) AS answer
           FROM accounts a, restaurants r WHERE a.email = $1 AND r.slug = 'friday'`,
        [email, free?.startsAt, partySize],
      )
      expect(placed?.answer).toMatchObject({ reservation: { status: 'CONFIRMED', partySize } })
    }
  })

  const hours = Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, '0')}:17:00`)
  const edges = ['23:50:00', '00:00:00', '04:30:00', '04:59:59', '05:00:00', '05:01:00', '09:59:59']
  const seatings = ['10:00:00', '20:29:30', '20:30:00', '21:59:59']
  it.each([...hours, ...edges, ...seatings])(
    'seeded at %s leaves tables at friday for two and for four',
    async (time) => {
      const now = inSeoul(`2026-11-22T${time}`)
      await seedDemo({ pool, restaurants: fridayOnly, now })
      const twos = await listBookable({ now, partySize: 2 })
      const fours = await listBookable({ now, partySize: 4 })
      expect(twos.length).toBeGreaterThanOrEqual(8)
      expect(fours.length).toBeGreaterThanOrEqual(4)
      const lastMs = twos.at(-1)?.startsAt.getTime() ?? 0
      expect(lastMs - now.getTime()).toBeGreaterThanOrEqual(60 * 60_000)
    },
  )

  it('keeps friday open and bookable at any hour when seeded hourly for three days', async () => {
    for (let hour = 0; hour < 72; hour += 1) {
      const now = new Date(inSeoul('2026-11-22T12:40:00').getTime() + hour * 3_600_000)
      await seedDemo({ pool, restaurants: fridayOnly, now })
      for (const partySize of [2, 4]) {
        const free = await listBookable({ now, partySize })
        expect(free.length, `${now.toISOString()} for ${partySize}`).toBeGreaterThanOrEqual(4)
      }
    }
    const [last] = await database.query<{ date: string }>(
      'SELECT max(service_date)::text AS date FROM service_dates',
    )
    expect(last?.date).toBe(addDays({ date: '2026-11-25', days: 14 }))
  })

  it('is open across the day cut: a demo begun at 04:40 can still book at 05:10', async () => {
    await seedDemo({ pool, restaurants: fridayOnly, now: inSeoul('2026-11-22T04:40') })
    const free = await listBookable({ now: inSeoul('2026-11-22T05:10'), partySize: 2 })
    expect(free.length).toBeGreaterThanOrEqual(8)
  })

  it('has an opening that is over and drawn for today, and one that is announced for tomorrow', async () => {
    for (const time of ['04:40', '09:59', '10:00', '10:59', '11:00', '23:50']) {
      await database.truncateAll()
      const now = inSeoul(`2026-11-22T${time}`)
      await seedDemo({ pool, restaurants: fridayOnly, now })
      const openings = await database.query<Record<string, unknown>>(
        `SELECT o.service_date::text AS date, o.gate_until <= $1 AS "isOver", o.opens_at > $1 AS "isAhead",
                o.opens_at = d.opens_at AS "isOne", count(e.entry_id)::int AS entries,
                o.drawn_at IS NULL OR o.order_seed = encode(sha256(decode(o.entries_hash, 'hex') || o.secret
                  || coalesce(decode(o.beacon_value, 'hex'), ''::bytea)), 'hex') AS "isProven"
           FROM openings o JOIN service_dates d USING (restaurant_id, service_date)
           LEFT JOIN opening_entries e ON e.opening_id = o.id
          GROUP BY o.id, d.opens_at ORDER BY o.service_date`,
        [now],
      )
      const today = todayAt(now)
      const over = { isOver: true, isAhead: false, isOne: true, entries: 16, isProven: true }
      const tomorrow = { date: addDays({ date: today, days: 1 }), isProven: true }
      // Shortly before the day cut the next service date is about to begin.
      const next =
        time === '04:40' ? over : { isOver: false, isAhead: true, isOne: true, entries: 0 }
      expect({ time, openings }).toEqual({
        time,
        openings: [
          { date: today, ...over },
          { ...tomorrow, ...next },
        ],
      })
    }
  })

  it('adds tables when today is fully booked', async () => {
    const now = inSeoul('2026-11-22T18:00')
    await seedDemo({ pool, restaurants: fridayOnly, now })
    await database.query('UPDATE slots SET taken = true')
    await seedDemo({ pool, restaurants: fridayOnly, now })
    expect((await listBookable({ now, partySize: 4 })).length).toBeGreaterThanOrEqual(4)
  })

  it('opens later dates of friday at ten in the morning, so that there is something to wait for', async () => {
    const now = inSeoul('2026-11-22T15:00')
    await seedDemo({ pool, restaurants: fridayOnly, now })
    const openings = await database.query<{ date: string; opensAt: Date }>(
      'SELECT service_date::text AS date, opens_at AS "opensAt" FROM service_dates ORDER BY 1',
    )
    for (const { date, opensAt } of openings) {
      expect(opensAt).toEqual(inSeoul(`${date}T10:00`))
    }
    expect(todayAt(now)).toBe(openings[0]?.date)
  })
})

describe('the demo restaurants', () => {
  it('have texts in two languages, phone numbers that ring nowhere, and tables that fit', () => {
    for (const restaurant of demoRestaurants) {
      expect(restaurant.phone, restaurant.slug).toMatch(/^0\d{1,2}-0000-\d{4}$/)
      expect(restaurant.description.match(/요\.( |$)/g), restaurant.slug).toHaveLength(2)
      expect(restaurant.descriptionEn.match(/[.](?= |$)/g), restaurant.slug).toHaveLength(2)
      expect(restaurant.name).not.toBe(restaurant.nameEn)
    }
    expect(new Set(demoRestaurants.map(({ slug }) => slug)).size).toBe(12)
  })
})

function isLate(line: string): boolean {
  return line.startsWith('Added') || line.startsWith('Opened the bookings')
}
