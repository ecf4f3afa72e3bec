import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { type Answer, askApi, countOutcomes, expectProblem } from '../support/api-client'
import { findContradictions } from '../support/booking-books'
import { type BookingScene, setUpSeating } from '../support/booking-scene'
import { useDatabase } from '../support/database'
import { bookOver, createPerson, type Person, useApps } from '../support/http-scene'
import { useInbox } from '../support/inbox'
import { useGateway } from '../support/stack-gateway'

const database = useDatabase()
const inbox = useInbox()
const gateway = useGateway()
const apps = useApps({ count: 2 })
const TIMES = 50

let diner: Person
beforeEach(async () => {
  await database.truncateAll()
  await gateway.reset()
  inbox.clear()
  diner = await createPerson()
})

interface Asked {
  scene: BookingScene
  key: string
  attempt?: number
}

const book = ({ index = 0, ...asked }: Asked & { index?: number }): Promise<Answer> =>
  bookOver({ url: apps.urlOf(index % 2), token: diner.token, ...asked })

const bookOften = (asked: Asked): Promise<Answer[]> =>
  Promise.all(Array.from({ length: TIMES }, (_, index) => book({ ...asked, index })))

/** Everyone reads the board: each process then knows, for a second, what is sold out. */
async function lookAtBoards({ restaurantId, serviceDate }: BookingScene): Promise<string[]> {
  const path = `/api/v1/restaurants/${restaurantId}/board?date=${serviceDate}`
  const boards = await Promise.all([0, 1].map((index) => askApi({ url: apps.urlOf(index), path })))
  return boards.map(({ text }) => String(JSON.parse(text).state))
}

async function expectOneOfEach(): Promise<void> {
  for (const table of ['reservations', 'idempotency_keys', 'notices'])
    expect(await database.query(`SELECT 1 FROM ${table}`), table).toHaveLength(1)
  await inbox.waitForMail({ recipient: diner.email })
  await expect
    .poll(() => database.query('SELECT state FROM notices'), { timeout: 10_000 })
    .toEqual([{ state: 'SENT' }])
  expect(inbox.listMails()).toHaveLength(1)
  expect(await findContradictions()).toEqual([])
}

describe('G4, hard case 3: one key, 50 at once, on two processes', () => {
  test.each([
    ['while other tables are free', 3],
    ['on the last table', 1],
  ])('G4: %s: one row, one mail, and 50 equal answers after a retry', async (_, tables) => {
    const scene = await setUpSeating({
      tables: Array.from({ length: tables }, () => ({ maxParty: 4 })),
    })
    const key = randomUUID()
    const first = await bookOften({ scene, key })
    const booked = first.filter(({ status }) => status === 201)
    expect(booked.length).toBeGreaterThanOrEqual(1)
    for (const answer of first.filter(({ status }) => status !== 201)) {
      expectProblem(answer, { status: 409, reason: 'in-progress' })
      expect(Number(answer.headers['retry-after'])).toBeGreaterThanOrEqual(1)
    }
    const again = await bookOften({ scene, key, attempt: 2 })
    expect(countOutcomes(again)).toEqual({ 201: TIMES })
    expect(new Set([...booked, ...again].map(({ text }) => text)).size).toBe(1)
    await expectOneOfEach()
  })

  test('G4: the answer stands although every process knows that the time is sold out', async () => {
    const scene = await setUpSeating({ tables: [{ maxParty: 4 }] })
    const key = randomUUID()
    const first = await book({ scene, key })
    expect(first.status).toBe(201)
    await expect
      .poll(() => lookAtBoards(scene), { timeout: 5_000 })
      .toEqual(['SOLD_OUT', 'SOLD_OUT'])
    const stranger = await createPerson()
    for (const index of [0, 1]) {
      const refused = await bookOver({ url: apps.urlOf(index), token: stranger.token, scene })
      expectProblem(refused, { status: 409, reason: 'sold-out' })
      for (const attempt of [undefined, 2, 3]) {
        const again = await book({ scene, key, index, ...(attempt !== undefined && { attempt }) })
        expect([again.status, again.text]).toEqual([201, first.text])
      }
    }
    await expectOneOfEach()
  })

  test('G4: the answer stands after bookings are switched off, the opening moves and the slot is deleted', async () => {
    const scene = await setUpSeating({ tables: [{ maxParty: 4 }, { maxParty: 4 }] })
    const key = randomUUID()
    const first = await book({ scene, key })
    await database.query('UPDATE restaurants SET bookings_on = false')
    await database.query(`UPDATE service_dates SET opens_at = now() + interval '1 hour'`)
    await database.query('UPDATE slots SET deleted_at = now() WHERE NOT taken')
    for (const attempt of [1, 2]) {
      const again = await book({ scene, key, attempt, index: 1 })
      expect([again.status, again.text]).toEqual([201, first.text])
    }
    await expectOneOfEach()
  })

  test('G4: 50 different requests under one key: one is booked, none of the others is', async () => {
    const scene = await setUpSeating({
      tables: Array.from({ length: 60 }, () => ({ minParty: 1, maxParty: 60 })),
    })
    const key = randomUUID()
    const answers = await Promise.all(
      Array.from({ length: TIMES }, (_, index) =>
        bookOver({
          url: apps.urlOf(index % 2),
          token: diner.token,
          scene,
          key,
          partySize: index + 1,
        }),
      ),
    )
    const counts = countOutcomes(answers)
    expect(counts[201]).toBe(1)
    const { 201: _, '422 key-reused': reused = 0, '409 in-progress': running = 0, ...rest } = counts
    expect([reused + running, rest]).toEqual([TIMES - 1, {}])
    await expectOneOfEach()
  })
})
