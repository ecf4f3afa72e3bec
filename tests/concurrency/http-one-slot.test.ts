import { beforeEach, describe, expect, test } from 'vitest'
import { pool } from '@/lib/db/database'
import { createDiners } from '@/prisma/factories'
import { type Answer, countOutcomes, expectProblem, readJson } from '../support/api-client'
import { findContradictions } from '../support/booking-books'
import { type BookingScene, setUpSeating } from '../support/booking-scene'
import { useDatabase } from '../support/database'
import { bookOver, createPerson, type Person, signTokenFor, useApps } from '../support/http-scene'
import { useInbox } from '../support/inbox'
import { useGateway } from '../support/stack-gateway'

const database = useDatabase()
const inbox = useInbox()
const gateway = useGateway()
const apps = useApps({ count: 2 })

beforeEach(async () => {
  await database.truncateAll()
  await gateway.reset()
  inbox.clear()
})

async function createCrowd(count: number): Promise<Person[]> {
  const diners = await createDiners(pool, { count })
  return Promise.all(diners.map(async (diner) => ({ ...diner, token: await signTokenFor(diner) })))
}

/** Everyone at the same moment, half of them at each process. */
function rush(crowd: Person[], scene: BookingScene, change: { slotId?: string | undefined } = {}) {
  return Promise.all(
    crowd.map(({ token }, index) =>
      bookOver({ url: apps.urlOf(index % 2), token, scene, ...change }),
    ),
  )
}

/** Every 201 has its row and every row its 201. */
async function expectRowsOf(answers: Answer[]): Promise<void> {
  const told = answers.filter(({ status }) => status === 201).map((answer) => readJson(answer))
  const rows = await database.query<{ id: string; slotId: string }>(
    `SELECT v.id, c.slot_id AS "slotId" FROM reservations v
       JOIN reservation_slots c ON c.reservation_id = v.id ORDER BY v.id`,
  )
  const tell = told.map(({ id, slotId }) => ({ id, slotId }))
  expect(rows).toEqual(tell.sort((one, other) => (String(one.id) < String(other.id) ? -1 : 1)))
  expect(await findContradictions()).toEqual([])
}

const listWinners = ({ crowd, answers }: { crowd: Person[]; answers: Answer[] }): string[] =>
  crowd.filter((_, index) => answers[index]?.status === 201).map(({ email }) => email)

/** Waits until nothing is left to send, then counts. */
async function expectMails(recipients: string[]): Promise<void> {
  await inbox.waitForMails({ recipient: '@bobjool.test', count: recipients.length })
  await expect
    .poll(() => database.query('SELECT state, count(*)::int AS mails FROM notices GROUP BY 1'), {
      timeout: 10_000,
    })
    .toEqual([{ state: 'SENT', mails: recipients.length }])
  const mails = inbox.listMails().map((mail) => mail.recipients.join())
  expect(mails.sort()).toEqual(recipients.sort())
}

describe('G1, hard case 2: 300 diners at once over HTTP, on two processes', () => {
  test('G1, G7: on the last free slot: one is booked and mailed, 299 get sold-out', async () => {
    const scene = await setUpSeating({ tables: [{ maxParty: 4 }] })
    const crowd = await createCrowd(300)
    const answers = await rush(crowd, scene)
    expect(countOutcomes(answers)).toEqual({ 201: 1, '409 sold-out': 299 })
    for (const answer of answers.filter(({ status }) => status === 409).slice(0, 20))
      expect(expectProblem(answer, { status: 409, reason: 'sold-out' }).asOf).toMatch(/Z$/)
    await expectRowsOf(answers)
    await expectMails(listWinners({ crowd, answers }))
  })

  test('G1, G7: on one slot by name while another is free: nobody gets sold-out', async () => {
    const scene = await setUpSeating({ tables: [{ maxParty: 4 }, { maxParty: 4 }] })
    const crowd = await createCrowd(300)
    const answers = await rush(crowd, scene, { slotId: scene.slotIds[1] })
    expect(countOutcomes(answers)).toEqual({ 201: 1, '409 slot-taken': 299 })
    await expectRowsOf(answers)
    await expectMails(listWinners({ crowd, answers }))
  })

  test('G1, G7: on the last forty slots: forty are booked, each with a row and a mail', async () => {
    const tables = Array.from({ length: 40 }, (_, index) => ({ maxParty: 2 + 2 * (index % 2) }))
    const scene = await setUpSeating({ tables })
    const crowd = await createCrowd(300)
    const answers = await rush(crowd, scene)
    expect(countOutcomes(answers)).toEqual({ 201: 40, '409 sold-out': 260 })
    await expectRowsOf(answers)
    await expectMails(listWinners({ crowd, answers }))
  })

  test('G7: while the last slot is only held, nobody gets sold-out', async () => {
    const scene = await setUpSeating({
      tables: [{ maxParty: 4 }],
      restaurant: { confirmWithinMinutes: 5 },
    })
    const crowd = await createCrowd(100)
    const answers = await rush(crowd, scene)
    expect(countOutcomes(answers)).toEqual({ 201: 1, '409 all-being-booked': 99 })
    await expectRowsOf(answers)
    await expectMails(listWinners({ crowd, answers }))
  })

  test('G2: one diner asking for 30 slots at once, on two processes, gets one', async () => {
    const scene = await setUpSeating({
      tables: Array.from({ length: 30 }, () => ({ maxParty: 4 })),
    })
    const { token, email } = await createPerson()
    const answers = await Promise.all(
      scene.slotIds.map((slotId, index) =>
        bookOver({ url: apps.urlOf(index % 2), token, scene, slotId }),
      ),
    )
    const {
      '409 already-booked': refused = 0,
      '409 in-progress': running = 0,
      ...rest
    } = countOutcomes(answers)
    expect([rest, refused + running]).toEqual([{ 201: 1 }, 29])
    await expectRowsOf(answers)
    await expectMails([email])
  })
})
