import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { signTurn } from '@/lib/crypto/receipt'
import { pool } from '@/lib/db/database'
import { createDiners, readToday } from '@/prisma/factories'
import { type Answer, askApi, nameOutcome, readJson } from '../support/api-client'
import { setUpSeating } from '../support/booking-scene'
import { useDatabase } from '../support/database'
import { bookOver, createPerson, type Person, signTokenFor, useApps } from '../support/http-scene'
import { createOpening, passTime } from '../support/opening-scene'

const TEN_MINUTES_MS = 10 * 60_000
const PRELOAD = path.resolve('tests/support/shifted-clock.mjs')
const shiftBy = (ms: number) => ({
  NODE_OPTIONS: `--import ${PRELOAD}`,
  CLOCK_SHIFT_MS: String(ms),
})

const database = useDatabase()
const ahead = useApps({ env: shiftBy(TEN_MINUTES_MS) })
const behind = useApps({ env: shiftBy(-TEN_MINUTES_MS) })
const urls = () => [ahead.urlOf(), behind.urlOf()]

/** An opening of a date with that many tables for one time. */
async function setUpGate({
  opensInMinutes,
  tables = 1,
}: {
  opensInMinutes: number
  tables?: number
}) {
  const seating = await setUpSeating({
    tables: Array.from({ length: tables }, () => ({ maxParty: 4 })),
  })
  const { restaurantId } = seating
  expect(seating.serviceDate).toBe(await readToday(pool, restaurantId))
  const opening = await createOpening({ restaurantId, opensInMinutes, turnsPerSecond: 10_000 })
  return { ...seating, openingId: opening.openingId }
}
type Gate = Awaited<ReturnType<typeof setUpGate>>

const enter = ({ url, gate, person }: { url: string; gate: Gate; person: Person }) =>
  askApi({
    url,
    method: 'POST',
    token: person.token,
    path: `/api/v1/openings/${gate.openingId}/entries`,
  })
const takeTurn = (asked: { url: string; gate: Gate; person: Person; receipt: string }) =>
  askApi({
    url: asked.url,
    method: 'POST',
    token: asked.person.token,
    path: `/api/v1/openings/${asked.gate.openingId}/turn`,
    body: { receipt: asked.receipt },
  })
const book = (asked: { url: string; gate: Gate; token: string; turn: string }) =>
  bookOver({
    url: asked.url,
    token: asked.token,
    scene: asked.gate,
    headers: { 'opening-turn': asked.turn },
  })
/** A turn that we could have given, valid until an instant by the database's clock. */
const turnUntil = (gate: Gate, accountId: string, expiresAtMs: number) =>
  `${gate.openingId}.${signTurn({ openingId: gate.openingId, accountId, expiresAtMs })}`

describe('hard case 18: a process whose clock is ten minutes off', () => {
  test('tells everyone the database’s time, not its own', async () => {
    for (const url of urls()) {
      const { now } = readJson(await askApi({ url, path: '/api/v1/time' }))
      expect(Math.abs(Date.parse(String(now)) - Date.now())).toBeLessThan(60_000)
    }
  })

  test('G3, G14: five minutes before the opening nothing is open, whatever the process’ clock says', async () => {
    const gate = await setUpGate({ opensInMinutes: 5 })
    for (const url of urls()) {
      const person = await createPerson()
      const snapshot = await askApi({ url, path: `/api/v1/openings/${gate.openingId}` })
      expect(readJson(snapshot)).toMatchObject({ state: 'LOBBY', secret: null, orderSeed: null })
      const entered = await enter({ url, gate, person })
      expect(readJson(entered)).toMatchObject({ inLobby: true, number: null })
      const receipt = String(readJson(entered).receipt)
      const turn = await takeTurn({ url, gate, person, receipt })
      expect([nameOutcome(turn), readJson(turn).at]).toEqual(['403 not-your-turn', null])
      const soon = turnUntil(gate, person.id, Date.now() + 4 * 60_000)
      const booked = await book({ url, gate, token: person.token, turn: soon })
      expect(nameOutcome(booked)).toBe('403 not-open-yet')
    }
  })

  test('G14: five minutes after it turns are given, last five minutes, and hold at the other process', async () => {
    const gate = await setUpGate({ opensInMinutes: 5, tables: 2 })
    const people = [await createPerson(), await createPerson()]
    const receipts: string[] = []
    for (const [index, url] of urls().entries()) {
      const person = people[index] ?? expect.fail()
      receipts.push(String(readJson(await enter({ url, gate, person })).receipt))
    }
    await passTime({ database, openingId: gate.openingId, seconds: 10 * 60 })
    await expect
      .poll(async () => {
        const path = `/api/v1/openings/${gate.openingId}`
        const seen = await Promise.all(urls().map((url) => askApi({ url, path })))
        return seen.map((snapshot) => readJson(snapshot).state)
      }, WITHIN)
      .toEqual(['OPEN', 'OPEN'])
    for (const [index, url] of urls().entries()) {
      const person = people[index] ?? expect.fail()
      const taken = await takeTurn({ url, gate, person, receipt: receipts[index] ?? '' })
      const { turn, expiresAt } = readJson(taken)
      const lastsMs = Date.parse(String(expiresAt)) - Date.now()
      expect(lastsMs).toBeGreaterThan(4 * 60_000)
      expect(lastsMs).toBeLessThan(6 * 60_000)
      const other = urls()[1 - index] ?? ''
      const overdue = turnUntil(gate, person.id, Date.now() - 1_000)
      for (const each of [url, other]) {
        const refused = await book({ url: each, gate, token: person.token, turn: overdue })
        expect(nameOutcome(refused)).toBe('403 no-turn')
      }
      const booked = await book({ url: other, gate, token: person.token, turn: String(turn) })
      expect(booked.status, booked.text).toBe(201)
    }
  })

  test('G3, G13: a request a millisecond before the opening is before it, one after it is after', async () => {
    const gate = await setUpGate({ opensInMinutes: 1, tables: 60 })
    // So near that the requests that follow fall on both sides of it.
    await passTime({ database, openingId: gate.openingId, seconds: 58 })
    const [row] = await database.query<{ opensAt: Date }>(
      'SELECT opens_at AS "opensAt" FROM openings WHERE id = $1',
      [gate.openingId],
    )
    const opensMs = row?.opensAt.getTime() ?? Number.NaN
    const diners = await createDiners(pool, { count: 120 })
    // Others than those who book, who may not enter.
    const entrants = await createDiners(pool, { count: 120 })
    const [tokens, entering] = await Promise.all(
      [diners, entrants].map((them) => Promise.all(them.map((diner) => signTokenFor(diner)))),
    )
    const asked: { startMs: number; booked: Answer; entered: Answer }[] = []
    await Promise.all(
      diners.map(async (diner, index) => {
        const url = urls()[index % 2] ?? ''
        const token = tokens?.[index] ?? ''
        const turn = turnUntil(gate, diner.id, opensMs + 5 * 60_000)
        await sleep(Math.max(0, opensMs - 300 + index * 5 - Date.now()))
        const startMs = Date.now()
        const person = { ...(entrants[index] ?? diner), token: entering?.[index] ?? '' }
        const [booked, entered] = await Promise.all([
          book({ url, gate, token, turn }),
          enter({ url, gate, person }),
        ])
        asked.push({ startMs, booked, entered })
      }),
    )
    const early = await database.query(
      `SELECT v.id FROM reservations v JOIN openings o USING (restaurant_id)
        WHERE v.restaurant_id = $1 AND v.created_at < o.opens_at`,
      [gate.restaurantId],
    )
    expect(early).toEqual([])
    const outcomes = new Set(asked.map(({ booked }) => nameOutcome(booked)))
    expect(outcomes).toContain('403 not-open-yet')
    expect(outcomes).toContain('201')
    for (const { startMs, booked, entered } of asked) {
      if (nameOutcome(booked) === '403 not-open-yet') expect(startMs).toBeLessThan(opensMs)
      const { enteredAt, inLobby } = readJson(entered)
      const enteredMs = Date.parse(String(enteredAt))
      // Judged a moment before it is recorded, in whole milliseconds.
      if (inLobby) expect(enteredMs).toBeLessThan(opensMs + 50)
      else expect(enteredMs).toBeGreaterThanOrEqual(opensMs)
    }
    expect(new Set(asked.map(({ entered }) => readJson(entered).inLobby)).size).toBe(2)
  })

  test('control: a gate by the process’ own clock opens ten minutes early, or late', () => {
    const askGate = (shiftMs: number, opensMs: number) =>
      spawnSync(
        process.execPath,
        ['--import', PRELOAD, 'tests/support/unprotected-gate.mjs', String(opensMs)],
        { encoding: 'utf8', env: { ...process.env, ...shiftBy(shiftMs), NODE_OPTIONS: '' } },
      ).stdout
    expect(askGate(TEN_MINUTES_MS, Date.now() + 5 * 60_000)).toBe('true')
    expect(askGate(-TEN_MINUTES_MS, Date.now() - 5 * 60_000)).toBe('false')
    expect(askGate(0, Date.now() + 5 * 60_000)).toBe('false')
  })
})

/** A snapshot is at most a second old. */
const WITHIN = { timeout: 10_000, interval: 200 }
