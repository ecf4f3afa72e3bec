import { beforeEach, describe, expect, test } from 'vitest'
import { measureRates, PROBED_BOOKINGS, PROBED_ENTRIES } from '@/domain/booking/probe.commands'
import { findRehearsal, readCurves, readOwnCurves } from '@/domain/booking/rehearsal.queries'
import { cancelOpening } from '@/domain/opening/plan.commands'
import type { RehearsalRates } from '@/domain/opening/rehearsal.schema'
import { pool } from '@/lib/db/database'
import { createAccount, createReservation, createStaff } from '@/prisma/factories'
import { useDatabase } from '../support/database'
import { createOpening, passTime } from '../support/opening-scene'
import { countRows, RATES, setUpRehearsal } from '../support/rehearsal-scene'
import { actorOf } from '../support/schedule-scene'
import { rehearseUnprotected } from '../support/unprotected-rehearsal'

const database = useDatabase()
beforeEach(() => database.truncateAll())

const countAll = () => countRows(database)
const setUp = setUpRehearsal

describe('the probe', () => {
  test('makes at most 2,000 entries and bookings, measures both, and leaves no row anywhere', async () => {
    const { openingId } = await setUp()
    expect(PROBED_ENTRIES + PROBED_BOOKINGS).toBeLessThanOrEqual(2_000)
    const before = await countAll()
    const rates = await measureRates({ openingId })
    expect(rates.entriesPerSecond).toBeGreaterThan(20)
    expect(rates.bookingsPerSecond).toBeGreaterThan(5)
    // No process listens at the address of the tests.
    expect(rates).toMatchObject({ requestsPerSecond: null, pollsPerSecond: null })
    expect(await countAll()).toEqual(before)
  })

  test('lets nobody see its rows while it runs, nor waits for locks that others hold, nor keeps any', async () => {
    const { openingId } = await setUp()
    const before = await countAll()
    const seen: unknown[] = []
    const probing = measureRates({ openingId }).then(() => 'done')
    let state = 'running'
    void probing.then((now) => {
      state = now
    })
    while (state === 'running') seen.push(await countAll())
    expect(seen.length).toBeGreaterThan(1)
    for (const counts of seen) expect(counts).toEqual(before)
    const locks = await database.query(
      `SELECT 1 FROM pg_locks WHERE locktype = 'advisory'
          AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    )
    expect(locks).toEqual([])
  })
})

describe('a rehearsal', () => {
  test('is kept with its settings, and recorded with who had it', async () => {
    const { openingId, ownerId, rehearse } = await setUp()
    expect(await rehearse()).toEqual({ ok: true, value: null })
    const kept = await findRehearsal(openingId)
    expect(kept?.outcome).toMatchObject({
      rates: RATES,
      settings: { people: 2_000, lobbySeconds: 3_600, turnsPerSecond: 10, orderBy: 'DRAW' },
      figures: { seats: 5, seatsLeft: 0 },
    })
    expect(
      await database.query(
        'SELECT actor_id AS by, act, details FROM audit_events WHERE subject_id = $1',
        [openingId],
      ),
    ).toEqual([{ by: ownerId, act: 'REHEARSE', details: { people: 2_000 } }])
  })

  test('counts only seats that can still be booked', async () => {
    const { openingId, slotIds, rehearse } = await setUp()
    await createReservation(pool, { slotIds: slotIds.slice(0, 2) })
    await pool.query('UPDATE slots SET blocked = true WHERE id = $1', [slotIds[4]])
    expect(await rehearse()).toMatchObject({ ok: true })
    expect((await findRehearsal(openingId))?.outcome.figures.seats).toBe(2)
  })

  test('G19: is for those who may announce openings', async () => {
    const { openingId, restaurantId, rehearse } = await setUp()
    const floor = (await createAccount(pool)).id
    await createStaff(pool, { restaurantId, accountId: floor, role: 'STAFF' })
    const other = await setUp()
    const never = () => Promise.reject(new Error('measured for a stranger'))
    for (const accountId of [floor, other.ownerId, (await createAccount(pool)).id]) {
      const asked = { actor: actorOf(accountId), measure: never }
      expect(await rehearse(asked)).toMatchObject({ reason: 'not-found' })
      expect(await readOwnCurves({ openingId, accountId })).toMatchObject({ reason: 'not-found' })
    }
    const { id: admin } = await createAccount(pool, { role: 'ADMIN' })
    expect(await rehearse({ actor: actorOf(admin) })).toMatchObject({ ok: true })
    expect(await readOwnCurves({ openingId, accountId: admin })).toMatchObject({ ok: true })
  })

  test('is refused within an hour before any opening, and while its rush lasts, with the time', async () => {
    const { rehearse, openingId } = await setUp()
    const near = await createOpening({ opensInMinutes: 59 })
    expect(await rehearse()).toMatchObject({
      reason: 'opening-near',
      details: { at: expect.any(String), until: expect.any(String) },
    })
    await passTime({ database, openingId: near.openingId, seconds: 90 * 60 })
    expect(await rehearse()).toMatchObject({ reason: 'opening-near' })
    await passTime({ database, openingId: near.openingId, seconds: 30 * 60 })
    expect(await rehearse()).toMatchObject({ ok: true })
    await passTime({ database, openingId, seconds: 61 * 60 })
    expect(await rehearse()).toMatchObject({ reason: 'opening-near' })
  })

  test('is refused for an opening that has begun, is cancelled, or has no seats', async () => {
    expect(await (await setUp({ seats: 0 })).rehearse()).toMatchObject({ reason: 'no-schedule' })
    const begun = await setUp({ opensInMinutes: -90 })
    expect(await begun.rehearse()).toMatchObject({ reason: 'rehearsal-late' })
    const { openingId, ownerId, rehearse } = await setUp()
    await cancelOpening({ openingId, reason: '가스 점검', actor: actorOf(ownerId) })
    expect(await rehearse()).toMatchObject({ reason: 'rehearsal-late' })
  })

  test('keeps nothing of an opening that is cancelled, or by an owner who is removed, meanwhile', async () => {
    const { openingId, ownerId, restaurantId, rehearse } = await setUp()
    const removing = async () => {
      await pool.query('DELETE FROM restaurant_staff WHERE account_id = $1', [ownerId])
      return RATES
    }
    expect(await rehearse({ measure: removing })).toMatchObject({ reason: 'not-found' })
    await createStaff(pool, { restaurantId, accountId: ownerId })
    const cancelling = async () => {
      await cancelOpening({ openingId, reason: '가스 점검', actor: actorOf(ownerId) })
      return RATES
    }
    expect(await rehearse({ measure: cancelling })).toMatchObject({ reason: 'rehearsal-late' })
    expect(await findRehearsal(openingId)).toBeNull()
  })

  test('is refused after twelve of a restaurant within an hour', async () => {
    const { rehearse, openingId } = await setUp()
    for (let count = 0; count < 12; count += 1) expect(await rehearse()).toMatchObject({ ok: true })
    expect(await rehearse()).toMatchObject({ reason: 'rate-limited' })
    await pool.query(
      `UPDATE opening_rehearsals SET at = at - interval '61 minutes' WHERE opening_id = $1`,
      [openingId],
    )
    expect(await rehearse()).toMatchObject({ ok: true })
  })
})

/** How many ran at the same time, and what each was answered. */
async function race(
  rehearse: (measure: () => Promise<RehearsalRates>) => Promise<{ ok: boolean; reason?: string }>,
) {
  let running = 0
  let most = 0
  let arrived = 0
  let letGo = () => {}
  const allAsked = new Promise<void>((resolve) => {
    letGo = resolve
  })
  const slow = async () => {
    running += 1
    most = Math.max(most, running)
    arrived += 1
    if (arrived === 4) letGo()
    await allAsked
    running -= 1
    return RATES
  }
  const one = async () => {
    const answer = await rehearse(slow)
    if (!answer.ok) arrived += 1
    if (arrived === 4) letGo()
    return answer.ok ? 'rehearsed' : (answer.reason ?? '')
  }
  return { answers: (await Promise.all([1, 2, 3, 4].map(one))).toSorted(), most }
}

describe('started twice', () => {
  test('one rehearsal runs in the whole deployment, and the others are told so', async () => {
    const scenes = [await setUp(), await setUp()]
    let next = 0
    const { answers, most } = await race((meanwhile) => {
      next += 1
      return scenes[next % 2]?.rehearse({ measure: meanwhile }) ?? Promise.reject(new Error())
    })
    const refused = 'rehearsal-running'
    expect({ answers, most }).toEqual({
      answers: [refused, refused, refused, 'rehearsed'],
      most: 1,
    })
    expect(await scenes[0]?.rehearse()).toMatchObject({ ok: true })
  })

  test('control: without the lock all four run at once', async () => {
    const { openingId } = await setUp()
    const { most } = await race((meanwhile) =>
      rehearseUnprotected({ openingId, measure: meanwhile }),
    )
    expect(most).toBe(4)
  })

  test('a failure in the middle leaves nothing, and the next can begin', async () => {
    const { openingId, rehearse } = await setUp()
    const before = await countAll()
    const failing = () => Promise.reject(new Error('the database was lost'))
    await expect(rehearse({ measure: failing })).rejects.toThrow('the database was lost')
    expect(await countAll()).toEqual(before)
    expect(await findRehearsal(openingId)).toBeNull()
    expect(await rehearse()).toMatchObject({ ok: true })
  })
})

describe('the real curves', () => {
  test('count entries, turns and seats by the database’s clock at the rehearsed instants', async () => {
    const { openingId, slotIds, rehearse } = await setUp()
    expect(await rehearse()).toMatchObject({ ok: true })
    const curves = (await findRehearsal(openingId))?.outcome.curves
    expect(await readCurves(openingId)).toMatchObject({ entered: [], isRunning: false })
    await passTime({ database, openingId, seconds: 125 * 60 })
    await pool.query(
      `INSERT INTO opening_entries (opening_id, entry_id, in_lobby, entered_at)
       SELECT $1, md5(n::text), n > 0, o.opens_at - make_interval(secs => n)
         FROM generate_series(-4, 5) AS n, openings o WHERE o.id = $1`,
      [openingId],
    )
    await pool.query(
      `INSERT INTO opening_turns (opening_id, entry_id, given_at)
       SELECT $1, md5(n::text), o.opens_at + make_interval(secs => 8 + n) FROM generate_series(1, 3) AS n, openings o WHERE o.id = $1`,
      [openingId],
    )
    await createReservation(pool, { slotId: slotIds[0] ?? '' })
    await pool.query(
      `UPDATE reservation_slots c SET taken_at = o.opens_at + interval '9 s' FROM openings o WHERE o.id = $1`,
      [openingId],
    )
    const real = await readCurves(openingId)
    if (!real || !curves) throw new Error('there are no curves')
    const { fromSeconds, stepSeconds } = curves
    expect(real).toMatchObject({ fromSeconds, stepSeconds, isRunning: true, pollAfterMs: 2_000 })
    const at = (values: number[], seconds: number) => values[(seconds - fromSeconds) / stepSeconds]
    expect(stepSeconds).toBe(1)
    expect([-6, -5, -1, 0, 4].map((seconds) => at(real.entered, seconds))).toEqual([0, 1, 5, 6, 10])
    expect([8, 9, 10, 11].map((seconds) => at(real.turns, seconds))).toEqual([0, 1, 2, 3])
    expect([8, 9].map((seconds) => at(real.seatsLeft, seconds))).toEqual([5, 4])
  })
})
