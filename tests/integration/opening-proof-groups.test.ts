import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { placeReservation } from '@/domain/booking/commands'
import { bookForGuest } from '@/domain/booking/guest-booking.commands'
import { undoAct } from '@/domain/booking/undo.commands'
import { enterOpening, takeTurn } from '@/domain/opening/commands'
import { findEntry } from '@/domain/opening/queries'
import { readProofSummary } from '@/domain/proof/queries'
import { findBookingOfTurn } from '@/domain/proof/rules'
import type { OpeningLog } from '@/domain/proof/schema'
import { readReceipt, signReceipt } from '@/lib/crypto/receipt'
import { pool } from '@/lib/db/database'
import { createReservation, createSlot, createTable } from '@/prisma/factories'
import { actorOf, move, setUpRestaurant, walkIn } from '../support/booking-restaurant'
import { type BookingScene, createDinerIds, requestFor } from '../support/booking-scene'
import { useDatabase } from '../support/database'
import { newCaller, noLater } from '../support/guest-scene'
import { downloadLog } from '../support/opening-day'
import { createOpening, passTime } from '../support/opening-scene'
import { runVerifier } from '../support/verifier'

const database = useDatabase()

const HOUR = 3_600

/** Opening and bookings alike lie that much longer ago. */
async function letPass({ openingId, seconds }: { openingId: string; seconds: number }) {
  await passTime({ database, openingId, seconds })
  const back = `- make_interval(secs => ${seconds})`
  const its = `restaurant_id = (SELECT restaurant_id FROM openings WHERE id = '${openingId}')`
  await database.query(`UPDATE reservations SET created_at = created_at ${back} WHERE ${its}`)
  await database.query(
    `UPDATE reservation_slots SET taken_at = taken_at ${back}, released_at = released_at ${back}
      WHERE slot_id IN (SELECT id FROM slots WHERE ${its})`,
  )
}

async function book(asked: { scene: BookingScene; dinerId: string; turnOf?: string }) {
  const { scene, ...others } = asked
  const placed = await placeReservation({
    ...others,
    key: randomUUID(),
    request: requestFor(scene),
    address: null,
  })
  return placed.ok ? placed.value.reservation.id : expect.fail(placed.reason)
}

/** Enters the lobby; returns what takes the turn later. */
async function enter({ openingId, accountId }: { openingId: string; accountId: string }) {
  const entered = await enterOpening({ openingId, accountId, epoch: 0, sessionId: null })
  if (!entered.ok) return expect.fail(entered.reason)
  const { receipt } = entered.value
  return async () => {
    const taken = await takeTurn({ openingId, accountId, receipt })
    if (!taken.ok) expect.fail(taken.reason)
  }
}

/** Staff insist on a table of the announced date for a caller, who is then forgotten. */
async function bookCaller({ scene, ownerId }: { scene: BookingScene; ownerId: string }) {
  const called = await bookForGuest({
    restaurantId: scene.restaurantId,
    actor: actorOf(ownerId),
    later: noLater,
    request: {
      serviceDate: scene.serviceDate,
      startsAt: scene.startsAt.toISOString(),
      partySize: 2,
      guest: newCaller(),
      source: 'PHONE',
      notify: false,
      override: true,
    },
  })
  if (!called.ok) throw new Error(called.reason)
  const { id } = called.value
  await database.query('UPDATE reservations SET guest_id = NULL WHERE id = $1', [id])
}

/** A party at a time of its own, and at a table that has no seating. */
async function bookOffPlan({ restaurantId, serviceDate, startsAt }: BookingScene) {
  const { id: tableId } = await createTable(pool, { restaurantId })
  const { rows } = await pool.query<{ slotId: string }>(
    `SELECT take_off_plan(p_restaurant => $1, p_service_date => $2, p_table => $3,
                          p_starts_at => $4::timestamptz, p_ends_at => $4::timestamptz + interval '20 minutes') AS "slotId"`,
    [restaurantId, serviceDate, tableId, startsAt],
  )
  await createReservation(pool, { slotId: rows[0]?.slotId ?? '', walkIn: true })
}

/**
 * Two tables booked before the announcement, one of them given up and its diner in the lobby; two
 * booked with a turn; one whose cancellation was undone while the gate stood; one walk-in, and one
 * that staff booked for a caller who was forgotten since; three after the gate.
 */
async function runMixedDay({
  isOver,
  isOffPlan = false,
}: {
  isOver: boolean
  isOffPlan?: boolean
}) {
  const tables = Array.from({ length: 12 }, () => ({ maxParty: 4 }))
  const { scene, ownerId } = await setUpRestaurant(tables)
  const [early = '', changed = '', undone = '', ...others] = await createDinerIds(9)
  await book({ scene, dinerId: early })
  const givenUp = await book({ scene, dinerId: changed })
  await move(givenUp, 'CANCEL', changed, 'diner')
  const kept = await book({ scene, dinerId: undone })
  const { openingId } = await createOpening({ ...scene, turnsPerSecond: 100 })
  await letPass({ openingId, seconds: 60 })
  await database.query(
    `ALTER TABLE openings DISABLE TRIGGER openings_announced_stays;
     UPDATE openings SET created_at = now() WHERE id = '${openingId}';
     ALTER TABLE openings ENABLE TRIGGER openings_announced_stays;`,
  )
  const [first = '', second = '', ...later] = others
  const turns = await Promise.all(
    [changed, first, second].map((accountId) => enter({ openingId, accountId })),
  )
  await letPass({ openingId, seconds: HOUR / 2 + 1 })
  await pool.query('SELECT freeze_opening($1)', [openingId])
  await pool.query('SELECT draw_opening($1, NULL, NULL)', [openingId])
  await letPass({ openingId, seconds: 60 })
  for (const take of turns) await take()
  await book({ scene, dinerId: first, turnOf: openingId })
  await book({ scene, dinerId: second, turnOf: openingId })
  const cancelled = await move(kept, 'CANCEL', ownerId)
  if (!cancelled.ok) throw new Error(cancelled.reason)
  await undoAct({ actId: cancelled.value.actId, actor: actorOf(ownerId) })
  const free = await database.query<{ id: string }>(
    'SELECT id FROM slots WHERE restaurant_id = $1 AND NOT taken LIMIT 1',
    [scene.restaurantId],
  )
  const seated = await walkIn(scene, [free[0]?.id ?? ''], ownerId)
  if (!seated.ok) throw new Error(seated.reason)
  await bookCaller({ scene, ownerId })
  if (isOffPlan) await bookOffPlan(scene)
  if (isOver) {
    await letPass({ openingId, seconds: HOUR })
    for (const dinerId of later.slice(0, 3)) await book({ scene, dinerId })
  }
  return { scene, openingId, changed, ...(await downloadLog(openingId)) }
}

const GROUPS = { withTurn: 2, beforeAnnouncement: 3, byStaff: 2, afterGate: 3, withoutTurn: 0 }

type Day = Awaited<ReturnType<typeof runMixedDay>>
let during: Day
let after: Day
beforeAll(async () => {
  during = await runMixedDay({ isOver: false })
  after = await runMixedDay({ isOver: true })
})

describe('kind 2: the proof says what is so', () => {
  test('G14: every booking is in one named group of the verifier, with its number and sentence', async () => {
    const { code, said } = await runVerifier(after)
    expect(code, said).toBe(0)
    for (const line of [
      '✓  bookings  {"count":2}  made with a turn, each after its turn had been given',
      '·  bookings-before  counted  {"count":3}  made before the opening was announced: no turn was needed',
      '·  bookings-by-staff  counted  {"count":2}  seated or booked by the restaurant: no turn is needed',
      '·  bookings-after  counted  {"count":3}  made once the gate had ended: no turn was needed',
    ])
      expect(said.split('\n')).toContain(line)
    expect(after.log.bookings).toHaveLength(2 + 3 + 2 + 3)
  })

  test('the page counts the same groups as the verifier, from the rows alone', async () => {
    const summary = await readProofSummary(after.openingId)
    expect(summary?.counts).toMatchObject(GROUPS)
    // Six stood when the gate ended: two with a turn, two from before, two by staff.
    expect(summary?.counts.sold).toBe(6)
    const { said } = await runVerifier(after)
    expect(said).toContain('✓  sold  {"sold":6,"capacity":12}')
  })

  test('while the gate stands, nothing is said of what comes after it', async () => {
    const { code, said } = await runVerifier(during)
    expect(code, said).toBe(0)
    expect(said).toMatch(/^· {2}bookings-after {2}not-yet/m)
    expect(during.log).toMatchObject({ isSettled: false, isFinal: false })
  })

  test('a booking made before the announcement and given back by an undo needs no turn', async () => {
    const again = after.log.bookings.filter(({ bookedAt, takenAt }) => bookedAt < takenAt)
    expect(again.map(({ entry, releasedAt }) => ({ entry, releasedAt }))).toContainEqual({
      entry: null,
      releasedAt: null,
    })
  })

  test('a turn’s row shows the booking made with it, not an earlier one of the same diner', async () => {
    const summary = await readProofSummary(after.openingId)
    if (!summary) return expect.fail('no draw')
    const { gateUntil } = summary.facts.announcement
    const { turns, bookings } = summary
    const shown = turns.map((turn) => findBookingOfTurn({ turn, bookings, gateUntil }) ?? null)
    expect(shown.filter((booking) => booking === null)).toHaveLength(1)
    expect(bookings).toHaveLength(3)
  })

  test('the first rows find their bookings behind any number of earlier ones', async () => {
    const { restaurantId, serviceDate } = after.scene
    const reservations: string[] = []
    for (let made = 0; made < 25; made += 1) {
      const slot = await createSlot(pool, { restaurantId, serviceDate })
      reservations.push((await createReservation(pool, { slotId: slot.id })).id)
    }
    await pool.query(
      `UPDATE reservation_slots SET taken_at = now() - interval '1 day' WHERE reservation_id = ANY ($1::uuid[])`,
      [reservations],
    )
    const summary = await readProofSummary(after.openingId)
    expect(summary?.bookings.filter(({ entry }) => entry !== null)).toHaveLength(3)
    await pool.query('DELETE FROM reservation_slots WHERE reservation_id = ANY ($1::uuid[])', [
      reservations,
    ])
  })

  test('once the gate has ended the log is settled, and it is final only when the day is over', async () => {
    expect(after.log).toMatchObject({ isSettled: true, isFinal: false })
    const old = await createOpening({ opensInMinutes: -48 * 60, daysAhead: -2 })
    await pool.query('SELECT freeze_opening($1)', [old.openingId])
    await pool.query('SELECT draw_opening($1, NULL, NULL)', [old.openingId])
    expect((await downloadLog(old.openingId)).log).toMatchObject({ isSettled: true, isFinal: true })
  })
})

/** A log as it would be if one booking had been made at another time, sealed or not. */
function bookAt({ log }: { log: OpeningLog }, change: Partial<OpeningLog['bookings'][number]>) {
  const changed = structuredClone(log)
  const booking = changed.bookings.find(({ by, entry }) => by === 'DINER' && entry !== null)
  Object.assign(booking ?? expect.fail('no booking'), change)
  return JSON.stringify(changed)
}
const shift = (at: string, ms: number) => new Date(Date.parse(at) + ms).toISOString()

describe('kind 2: where one group ends and the next begins', () => {
  test('a booking that could not know of the announcement yet was made before it', async () => {
    const bookedAt = shift(after.log.announcement.announcedAt, 900)
    const { failed } = await runVerifier({ text: bookAt(after, { entry: null, bookedAt }) })
    expect(failed).toEqual(['seal'])
  })

  test.each([
    ['between announcement and opening', 'opensAt', -1_000],
    ['after the opening, without a turn', 'opensAt', 1_000],
    ['a millisecond before the gate ends, without a turn', 'gateUntil', -1],
  ] as const)('a booking %s is found', async (_, name, ms) => {
    const at = shift(after.log.announcement[name], ms)
    const text = bookAt(after, { entry: null, bookedAt: at, takenAt: at })
    expect((await runVerifier({ text })).failed).toContain('bookings')
  })

  test('a booking at the instant the gate ends needs no turn', async () => {
    const at = after.log.announcement.gateUntil
    const text = bookAt(after, { entry: null, bookedAt: at, takenAt: at })
    expect((await runVerifier({ text })).failed).not.toContain('bookings')
  })

  test('a log from before bookings told when they were made is still read', async () => {
    const old = structuredClone(during.log)
    for (const booking of old.bookings) Reflect.deleteProperty(booking, 'bookedAt')
    const { said } = await runVerifier({ text: JSON.stringify(old) })
    expect(said).toContain('bookings-before  counted  {"count":2}')
  })
})

describe('a table that staff gave one party at a time of its own', () => {
  test('G14: it is in the log, named as that, and in no count of what the opening had', async () => {
    const { openingId, log, text } = await runMixedDay({ isOver: true, isOffPlan: true })
    expect(log.slots.filter(({ isOffPlan }) => isOffPlan)).toHaveLength(1)
    const summary = await readProofSummary(openingId)
    expect(summary?.counts).toMatchObject({ sold: 6, capacity: 12, byStaff: 3 })
    const { code, said } = await runVerifier({ text })
    expect(code, said).toBe(0)
    expect(said).toContain('✓  sold  {"sold":6,"capacity":12}')
    expect(said).toContain('bookings-by-staff  counted  {"count":3}')
  })
})

describe('kind 2: a claim covers only what was checked', () => {
  test('a receipt whose signature can’t be checked here is not called right', async () => {
    const noEd25519 = `const { subtle } = globalThis.crypto
      subtle.importKey = async () => { throw new Error('no Ed25519') }`
    const entry = await findEntry({ openingId: after.openingId, accountId: after.changed })
    const claims = readReceipt(entry?.receipt ?? '')
    if (!claims) return expect.fail('no receipt')
    // The announcement was moved since: a process remembers its hash for a second.
    const receipt = signReceipt({ ...claims, h: after.log.announcementHash })
    const { said } = await runVerifier({
      ...after,
      receipts: [receipt],
      withModule: noEd25519,
    })
    expect(said).toMatch(/^· {2}receipt {2}no-ed25519/m)
    expect(said).toMatch(/^· {2}seal {2}no-ed25519/m)
  })

  test('the verdict names how many checks it speaks of', async () => {
    const { said } = await runVerifier(after)
    const right = said.match(/^✓/gm)?.length
    expect(said).toContain(`Nothing is wrong: ${right} checks are right (✓)`)
  })
})
