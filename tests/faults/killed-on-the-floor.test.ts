import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { pool } from '@/lib/db/database'
import { createReservation } from '@/prisma/factories'
import { type Answer, askApi, readJson } from '../support/api-client'
import { findContradictions } from '../support/booking-books'
import { findHalfChanged } from '../support/change-scene'
import { combineTables, listHalfCombined } from '../support/combined-scene'
import { useDatabase } from '../support/database'
import { setUpRestaurant, signTokenFor, useApps } from '../support/http-scene'
import { useVictims } from '../support/killed-process'
import { callOffPlan, listLostSlots } from '../support/off-plan-scene'
import {
  listOffered,
  makeDates,
  preview,
  readVersion,
  setHours,
  setUpWeek,
} from '../support/schedule-scene'
import { callAction, listActions } from '../support/server-actions'
import { useGateway } from '../support/stack-gateway'
import { bookInSteps, bookOffPlanInSteps } from '../support/unprotected-steps'

const WITHIN = 600_000

const database = useDatabase()
const gateway = useGateway()
/** The surviving process, on connections of its own. */
const survivor = useApps()
const { killAfter, nextOne, planKills, proxyOf } = useVictims()

const setUp = async () => {
  await database.truncateAll()
  await gateway.reset()
}
beforeEach(setUp)

/** An act that a process dies of, and what it leaves. */
type Scene = {
  ask: (url: string) => Promise<Answer>
  isDone: () => Promise<boolean>
  /** All of the act is there, or nothing of it. */
  expectWhole: (isDone: boolean) => Promise<void>
  /** Time has stood still while the process died. */
  standStill?: () => Promise<unknown>
}

const count = async (sql: string, values: unknown[] = []): Promise<number> =>
  (await database.query(sql, values)).length
const readStatuses = async (): Promise<string[]> =>
  (
    await database.query<{ status: string }>(
      'SELECT DISTINCT status::text AS status FROM reservations',
    )
  ).map(({ status }) => status)
const is = async (status: string) => (await readStatuses()).join() === status

const MINUTE_MS = 60_000

/** A caller is written down for a part of a seating that is on the plan. */
async function bookOffPlan(): Promise<Scene> {
  const { restaurantId, serviceDate, startsAt, owner } = await setUpRestaurant()
  const key = randomUUID()
  return {
    ask: (url) =>
      askApi({
        url,
        method: 'POST',
        path: `/api/v1/restaurants/${restaurantId}/reservations`,
        token: owner.token,
        headers: { 'idempotency-key': key },
        body: {
          serviceDate,
          // Off the plan a party comes at a whole minute.
          startsAt: new Date(
            (Math.floor(startsAt.getTime() / MINUTE_MS) + 7) * MINUTE_MS,
          ).toISOString(),
          minutes: 47,
          partySize: 2,
          tableNumbers: [1],
          guest: { name: '김단골', phone: '010-2345-6789' },
          source: 'PHONE',
          notify: false,
          override: true,
        },
      }),
    isDone: async () => (await count('SELECT FROM reservations')) > 0,
    expectWhole: async (isDone) => {
      const made = isDone ? 1 : 0
      expect(await count('SELECT FROM reservations')).toBe(made)
      expect(await count('SELECT FROM guests')).toBe(made)
      expect(await count('SELECT FROM slots WHERE off_plan AND deleted_at IS NULL')).toBe(made)
      expect(await count('SELECT FROM slots WHERE gave_way')).toBe(made)
    },
  }
}

/** Three tables for four, of which the last two can be pushed together, and a call for six. */
async function setUpCombined() {
  const four = { maxParty: 4 }
  const made = await setUpRestaurant({ tables: [four, four, four] })
  const { restaurantId, serviceDate, startsAt, owner } = made
  const combinations = [{ tableNumbers: [2, 3], minParty: 5, maxParty: 8 }]
  await combineTables({ restaurantId, ownerId: owner.id, combinations })
  const post = (url: string, path: string, body: object, key: string) =>
    askApi({
      ...{ url, method: 'POST', path: `/api/v1/${path}`, token: owner.token, body },
      headers: { 'idempotency-key': key },
    })
  const call = (url: string, key: string) =>
    post(
      url,
      `restaurants/${restaurantId}/reservations`,
      {
        ...{ serviceDate, startsAt: startsAt.toISOString(), partySize: 6 },
        guest: { name: '김단체', phone: '010-2345-6789' },
        ...{ source: 'PHONE', notify: false },
      },
      key,
    )
  return { ...made, post, call }
}

const countTaken = async () => ({
  slots: await count('SELECT FROM slots WHERE taken'),
  kept: await count('SELECT FROM reservation_slots WHERE released_at IS NULL'),
})

/** A caller's party gets two tables that are pushed together. */
async function bookCombined(): Promise<Scene> {
  const { call } = await setUpCombined()
  const key = randomUUID()
  return {
    ask: (url) => call(url, key),
    isDone: async () => (await count('SELECT FROM reservations')) > 0,
    expectWhole: async (isDone) => {
      const made = isDone ? 1 : 0
      expect(await count('SELECT FROM reservations')).toBe(made)
      expect(await count('SELECT FROM guests')).toBe(made)
      expect(await countTaken()).toEqual({ slots: 2 * made, kept: 2 * made })
    },
  }
}

/** Such a party comes with fewer people, and has one of the other tables. */
async function changeCombined(): Promise<Scene> {
  const { call, post } = await setUpCombined()
  const { id } = readJson(await call(survivor.urlOf(), randomUUID()))
  const key = randomUUID()
  const change = { tableNumbers: [1], partySize: 4 }
  return {
    ask: (url) => post(url, `reservations/${id}/change`, change, key),
    isDone: async () => (await count('SELECT FROM reservations WHERE party_size = 4')) > 0,
    expectWhole: async (isDone) => {
      const has = isDone ? 1 : 2
      expect(await countTaken()).toEqual({ slots: has, kept: has })
      expect(await listHalfCombined()).toEqual([])
    },
  }
}

/** Such a party sits down at both tables. */
async function seatCombined(): Promise<Scene> {
  const { call, post } = await setUpCombined()
  const { id } = readJson(await call(survivor.urlOf(), randomUUID()))
  const key = randomUUID()
  return {
    ask: (url) => post(url, `reservations/${id}/seat`, {}, key),
    isDone: () => is('SEATED'),
    expectWhole: async (isDone) => {
      expect(await readStatuses()).toEqual([isDone ? 'SEATED' : 'CONFIRMED'])
      const sitting = 'SELECT FROM occupancies WHERE ended_at IS NULL'
      expect(await count(sitting)).toBe(isDone ? 2 : 0)
    },
  }
}

/** A party that staff have seated by mistake is booked again. */
async function correctSeat(): Promise<Scene> {
  const { slotIds, owner } = await setUpRestaurant()
  const { id } = await createReservation(pool, { slotId: String(slotIds[0]) })
  const act = (url: string, name: string, body: object, key: string) =>
    askApi({
      url,
      method: 'POST',
      path: `/api/v1/reservations/${id}/${name}`,
      token: owner.token,
      headers: { 'idempotency-key': key },
      body,
    })
  expect((await act(survivor.urlOf(), 'seat', {}, randomUUID())).status).toBe(200)
  const key = randomUUID()
  return {
    ask: (url) => act(url, 'correct', { to: 'CONFIRMED' }, key),
    isDone: () => is('CONFIRMED'),
    expectWhole: async (isDone) => {
      expect(await readStatuses()).toEqual([isDone ? 'CONFIRMED' : 'SEATED'])
      const sitting = 'SELECT FROM occupancies WHERE ended_at IS NULL'
      expect(await count(sitting)).toBe(isDone ? 0 : 1)
    },
  }
}

/** A cancellation is taken back. */
async function undoCancel(): Promise<Scene> {
  const { slotIds, owner, diner } = await setUpRestaurant()
  const { id } = await createReservation(pool, { slotId: String(slotIds[0]), dinerId: diner.id })
  const post = (url: string, path: string, body: object, key: string) =>
    askApi({
      ...{ url, method: 'POST', path: `/api/v1/${path}`, token: owner.token, body },
      headers: { 'idempotency-key': key },
    })
  const cancelled = await post(
    survivor.urlOf(),
    `reservations/${id}/cancel`,
    { usualReason: 'MISTAKE' },
    randomUUID(),
  )
  const actId = String(readJson(cancelled).actId)
  const key = randomUUID()
  return {
    ask: (url) => post(url, 'undo', { actId }, key),
    isDone: () => is('CONFIRMED'),
    expectWhole: async (isDone) => {
      expect(await readStatuses()).toEqual([isDone ? 'CONFIRMED' : 'CANCELLED'])
      expect(await count('SELECT FROM slots WHERE taken')).toBe(isDone ? 1 : 0)
      const undone = 'SELECT FROM audit_events WHERE id = $1 AND undone_at IS NOT NULL'
      expect(await count(undone, [actId])).toBe(isDone ? 1 : 0)
      const waiting = `SELECT FROM notices WHERE kind = 'RESERVATION_CANCELLED' AND state = 'QUEUED'`
      if (isDone) expect(await count(waiting)).toBe(0)
      else expect(await count(waiting)).toBeGreaterThan(0)
    },
    standStill: () => database.query('UPDATE audit_events SET at = now() WHERE id = $1', [actId]),
  }
}

/** A date is closed, and the two parties on it are cancelled and told. */
async function closeDate(): Promise<Scene> {
  const { slotIds, owner, restaurantId, serviceDate } = await setUpRestaurant({
    tables: [{ maxParty: 4 }, { maxParty: 4 }],
  })
  const cancelled: string[] = []
  for (const slotId of slotIds) cancelled.push((await createReservation(pool, { slotId })).id)
  const action = listActions().find(({ name }) => name.endsWith(' closeOwnDate'))
  if (!action) throw new Error('the build has no action that closes a date')
  const version = await readVersion({ restaurantId })
  const given = {
    ...{ locale: 'ko', restaurantId, version, date: serviceDate, reason: '가스 점검' },
    ...{ keepsReservations: false, cancelled },
  }
  return {
    ask: async (url) => (await callAction({ url, action, token: owner.token, given })).answer,
    isDone: () => is('CANCELLED'),
    expectWhole: async (isDone) => {
      expect(await readStatuses()).toEqual([isDone ? 'CANCELLED' : 'CONFIRMED'])
      expect(await count('SELECT FROM restaurant_closures')).toBe(isDone ? 1 : 0)
      const told = `SELECT FROM notices WHERE kind = 'RESERVATION_CANCELLED' AND channel = 'MAIL'`
      expect(await count(told)).toBe(isDone ? cancelled.length : 0)
    },
  }
}

const BEFORE = ['17:30 1', '17:30 2', '19:00 1', '19:00 2']
const LATER: [number, number][] = [[1065, 1245]]

/** The hours are other ones: a date with a party off the plan gets its new slots around it. */
async function makeScheduleAnew(): Promise<Scene> {
  const scene = await setUpWeek()
  await setHours({ restaurantId: scene.restaurantId, stretches: [[1050, 1230]] })
  await makeDates(scene)
  const called = await callOffPlan(scene, { from: '18:00', to: '18:40', override: true })
  if (!called.ok) throw new Error(called.reason)
  await setHours({ restaurantId: scene.restaurantId, stretches: LATER })
  const { from, to, fingerprint } = await preview(scene)
  const [owner] = await database.query<{ email: string }>(
    'SELECT email FROM accounts WHERE id = $1',
    [scene.ownerId],
  )
  const token = await signTokenFor(
    { id: scene.ownerId, email: owner?.email ?? '' },
    { role: 'OWNER' },
  )
  const old = await listOffered(scene.restaurantId)
  expect(old.map((slot) => slot.slice(0, 7))).toEqual(expect.arrayContaining(BEFORE.slice(1)))
  const isDone = async () =>
    (await listOffered(scene.restaurantId)).some((slot) => slot.startsWith('17:45 2'))
  return {
    ask: (url) =>
      askApi({
        url,
        method: 'POST',
        path: `/api/v1/restaurants/${scene.restaurantId}/schedule`,
        token,
        body: { from, to, fingerprint },
      }),
    isDone,
    expectWhole: async (isMade) => {
      const offered = await listOffered(scene.restaurantId)
      if (!isMade) expect(offered).toEqual(old)
      else expect(offered.filter((slot) => slot.startsWith('17:30'))).toEqual([])
      // The party keeps its table, whatever the plan says.
      expect(offered).toContain('18:00 1 2 taken')
      expect(await readStatuses()).toEqual(['CONFIRMED'])
    },
  }
}

/** What a killed process had locked is free once Postgres has noticed its end. */
async function askUntilDecided(ask: () => Promise<Answer>): Promise<Answer> {
  let answer = await ask()
  await expect
    .poll(
      async () => {
        if (answer.status === 409 && answer.text.includes('being-edited')) answer = await ask()
        return answer.text
      },
      { timeout: 20_000, interval: 200 },
    )
    .not.toContain('being-edited')
  return answer
}

describe('hard case 6: a process killed between any two steps of an act on the floor', () => {
  test.each([
    ['G1: of a booking off the plan', bookOffPlan],
    ['G1: of a booking at two tables', bookCombined],
    ['G22: of a change from two tables to one', changeCombined],
    ['G21: of a party that sits down at two tables', seatCombined],
    ['G21: of a correction', correctSeat],
    ['G6: of an undo', undoCancel],
    ['G6: of a date that closes with its cancellations', closeDate],
    ['G1: of a schedule made anew around a party off the plan', makeScheduleAnew],
  ])(
    '%s: all or nothing, and asked again it is done',
    async (_, prepare) => {
      for await (const steps of planKills()) {
        await setUp()
        const { ask, isDone, expectWhole, standStill } = await prepare()
        const app = await nextOne()
        await killAfter({ steps, app, work: () => ask(app.url), isDone })
        const wasDone = await isDone()
        await expectWhole(wasDone)
        const expectSound = async () => {
          expect(await findContradictions(), `after ${steps} steps`).toEqual([])
          expect(await findHalfChanged()).toEqual([])
          expect(await listLostSlots()).toEqual([])
          expect(await listHalfCombined()).toEqual([])
        }
        await expectSound()
        await standStill?.()
        const again = await askUntilDecided(() => ask(survivor.urlOf()))
        expect(again.status, `after ${steps} steps: ${again.text}`).toBeLessThan(500)
        expect(await isDone(), `after ${steps} steps: ${again.text}`).toBe(true)
        await expectWhole(true)
        await expectSound()
      }
    },
    WITHIN,
  )

  test('control: a booking at two tables that is committed step by step is left with one', async () => {
    const { slotIds, diner } = await setUpCombined()
    let tables = 0
    const isSecondTable = (sql: string) => {
      if (/^INSERT INTO reservation_slots/.test(sql)) tables += 1
      return tables === 2
    }
    proxyOf().cutAt('before', isSecondTable)
    const booking = bookInSteps({
      ...{ databaseUrl: proxyOf().url, dinerId: diner.id, partySize: 6 },
      slotIds: slotIds.slice(1).map(String),
    })
    await expect(booking).rejects.toThrow()
    expect(await countTaken()).toEqual({ slots: 1, kept: 1 })
    expect(await listHalfCombined()).toHaveLength(1)
  })

  test('control: a booking off the plan that is committed step by step is left half done', async () => {
    const { slotIds } = await setUpRestaurant()
    proxyOf().cutAt('before', (sql) => /^INSERT INTO slots/.test(sql))
    const booking = bookOffPlanInSteps({
      databaseUrl: proxyOf().url,
      slotId: String(slotIds[0]),
    })
    await expect(booking).rejects.toThrow()
    expect(await listLostSlots()).toEqual([expect.stringContaining('hidden for nobody')])
  })
})
