import { beforeEach, describe, expect, test } from 'vitest'
import { placeReservation } from '@/domain/booking/commands'
import { closeDate } from '@/domain/schedule/closure.commands'
import { changeSlot } from '@/domain/schedule/slot.commands'
import { createDinerIds } from '../support/booking-scene'
import { useDatabase } from '../support/database'
import {
  actorOf,
  apply,
  findSlot,
  makeDates,
  preview,
  readVersion,
  type ScheduleScene,
  setHours,
  setUpWeek,
} from '../support/schedule-scene'
import { duringTransaction } from '../support/session-scene'
import { deleteSlotUnprotected } from '../support/unprotected-schedule'

const database = useDatabase()
let scene: ScheduleScene
beforeEach(async () => {
  await database.truncateAll()
  scene = await setUpWeek()
})

/** A party of two asks for exactly this slot. */
async function bookSlot(slotId: string, dinerId: string) {
  const [slot] = await database.query<{ startsAt: Date; serviceDate: string }>(
    `SELECT starts_at AS "startsAt", service_date::text AS "serviceDate" FROM slots WHERE id = $1`,
    [slotId],
  )
  return placeReservation({
    dinerId,
    key: `key-${dinerId}`,
    address: null,
    request: {
      restaurantId: scene.restaurantId,
      serviceDate: slot?.serviceDate ?? '',
      startsAt: slot?.startsAt.toISOString() ?? '',
      partySize: 2,
      slotId,
    },
  })
}

/** Reservations whose slot no longer exists for them. */
const listStranded = () =>
  database.query(
    `SELECT v.id FROM reservations v JOIN reservation_slots c ON c.reservation_id = v.id
       JOIN slots s ON s.id = c.slot_id
      WHERE v.status = 'CONFIRMED' AND (s.deleted_at IS NOT NULL OR s.blocked OR NOT s.taken)`,
  )

const listSlotIds = async () =>
  (
    await database.query<{ id: string }>(
      'SELECT id FROM slots WHERE deleted_at IS NULL ORDER BY starts_at, id',
    )
  ).map(({ id }) => id)

describe('a slot changed by hand while a diner books it', () => {
  test('control: without locks a party is left without a table', async () => {
    await makeDates(scene)
    const slotId = await findSlot(scene, { wall: '17:30', table: 1 })
    const [dinerId = ''] = await createDinerIds(1)
    await deleteSlotUnprotected({ slotId, whileThinking: () => bookSlot(slotId, dinerId) })
    expect(await listStranded()).toHaveLength(1)
  })

  test.each([
    { deleted: true } as const,
    { blocked: true },
    { minParty: 1, maxParty: 6 },
    { from: '17:35' },
  ])('%j: one of both wins, the other is refused clearly', async (wanted) => {
    await makeDates(scene, { from: scene.date, to: scene.dateAt(4) })
    const slots = await listSlotIds()
    const diners = await createDinerIds(slots.length)
    const actor = actorOf(scene.ownerId)
    const from = 'from' in wanted ? await findSlot(scene, { wall: '17:30', table: 1 }) : null
    const raced = from ? [from] : slots
    const outcomes = await Promise.all(
      raced.map(async (slotId, index) => {
        const booking = bookSlot(slotId, diners[index] ?? '')
        const changing = changeSlot({ slotId, change: wanted, actor })
        return { booked: await booking, changed: await changing }
      }),
    )
    for (const { booked, changed } of outcomes) {
      expect([booked.ok, changed.ok].filter(Boolean)).toHaveLength(1)
      if (!changed.ok) expect(changed.reason).toBe('has-reservations')
      if (!booked.ok)
        expect(['slot-taken', 'no-such-time', 'sold-out', 'busy']).toContain(booked.reason)
    }
    expect(await listStranded()).toEqual([])
  })
})

describe('a schedule made anew while diners book', () => {
  test('never takes a table from a party: booked slots stay, or nothing is done', async () => {
    await makeDates(scene, { from: scene.date, to: scene.dateAt(5) })
    const slots = await listSlotIds()
    const diners = await createDinerIds(slots.length)
    await setHours({ restaurantId: scene.restaurantId, stretches: [[720, 900]] })
    const seen = await preview(scene, { from: scene.date, to: scene.dateAt(5) })
    const [applied, ...booked] = await Promise.all([
      apply(scene, seen),
      ...slots.map((slotId, index) => bookSlot(slotId, diners[index] ?? '')),
    ])
    if (!applied.ok) expect(['changed-meanwhile', 'busy', 'unavailable']).toContain(applied.reason)
    expect(booked.some(({ ok }) => ok)).toBe(true)
    expect(await listStranded()).toEqual([])
    const overlaps = await database.query(
      `SELECT FROM slots a JOIN slots b ON a.table_id = b.table_id AND a.id < b.id
        WHERE a.deleted_at IS NULL AND b.deleted_at IS NULL
          AND tstzrange(a.starts_at, a.ends_at) && tstzrange(b.starts_at, b.ends_at)`,
    )
    expect(overlaps).toEqual([])
  })

  test('by two owners at once is made once; the other owner sees the current schedule', async () => {
    const seen = await preview(scene, { from: scene.date, to: scene.dateAt(6) })
    const answers = await Promise.all([apply(scene, seen), apply(scene, seen)])
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    expect(answers.find(({ ok }) => !ok)).toMatchObject({ reason: 'changed-meanwhile' })
    expect(await listSlotIds()).toHaveLength(32)
  })
})

test('a date closed while a diner books it is closed without a party, or stays open and names it', async () => {
  await makeDates(scene)
  const slotId = await findSlot(scene, { wall: '17:30', table: 1 })
  const [dinerId = ''] = await createDinerIds(1)
  const { restaurantId, date } = scene
  const closing = { restaurantId, date, reason: null, keepsReservations: false }
  const version = await readVersion(scene)
  const [booked, closed] = await Promise.all([
    bookSlot(slotId, dinerId),
    closeDate({ ...closing, version, actor: actorOf(scene.ownerId) }),
  ])
  if (booked.ok) expect(closed).toMatchObject({ reason: 'has-reservations' })
  else expect(closed).toMatchObject({ ok: true })
})

test('a date closed between a booking’s judgement and its slot is not booked', async () => {
  await makeDates(scene)
  const slotId = await findSlot(scene, { wall: '17:30', table: 1 })
  const [dinerId = ''] = await createDinerIds(1)
  const booked = await duringTransaction({
    database,
    // The judgement reads no table, the choice of a slot does: the booking waits between the two.
    sql: `LOCK TABLE restaurant_tables IN ACCESS EXCLUSIVE MODE; UPDATE service_dates SET closed = true`,
    values: [],
    work: () => bookSlot(slotId, dinerId),
  })
  expect(booked).toMatchObject({ reason: 'closed-day' })
  expect(await database.query('SELECT id FROM reservations')).toEqual([])
})
