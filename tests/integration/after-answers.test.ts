import { randomUUID } from 'node:crypto'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { isBoardNoteDue, noteBoardChanged } from '@/domain/availability/board.commands'
import { bookTable } from '@/domain/booking/commands'
import { isOutboxNudgeDue, nudgeOutbox } from '@/domain/notification/commands'
import { answerOutboxBell, ringOutboxBellLater } from '@/lib/db/outbox'
import { closeMail } from '@/lib/mail/mail'
import {
  type BookingScene,
  createDinerIds,
  requestFor,
  setUpSeating,
} from '../support/booking-scene'
import { useDatabase } from '../support/database'
import { useInbox } from '../support/inbox'
import { useGateway } from '../support/stack-gateway'

const database = useDatabase()
const inbox = useInbox()
const gateway = useGateway()

afterAll(closeMail)
beforeEach(async () => {
  await database.truncateAll()
  await gateway.reset()
  inbox.clear()
})

/** What a request leaves for after its answer. */
function watchLater() {
  const works: (() => Promise<void>)[] = []
  return { works, later: (work: () => Promise<void>) => void works.push(work) }
}

function book({
  dinerId,
  scene,
  later,
  key = randomUUID(),
  partySize = 2,
}: {
  dinerId: string
  scene: BookingScene
  later: (work: () => Promise<void>) => void
  key?: string
  partySize?: number
}) {
  const session = { accountId: dinerId, epoch: 0, sessionId: null }
  const request = requestFor(scene, { partySize })
  return bookTable({ dinerId, session, key, attempt: 1, turn: null, request, address: null, later })
}

describe('what a booking leaves for after its answer', () => {
  test('one thing where it wins, and that sends its mail', async () => {
    const scene = await setUpSeating({ tables: [{ maxParty: 4 }, { maxParty: 4 }] })
    const [dinerId = ''] = await createDinerIds(1)
    const { works, later } = watchLater()
    expect((await book({ dinerId, scene, later })).ok).toBe(true)
    expect(works).toHaveLength(1)
    await works[0]?.()
    expect(inbox.listMails()).toHaveLength(1)
  })

  test('the mail where it repeats an answer whose request could not send it', async () => {
    const scene = await setUpSeating({ tables: [{ maxParty: 4 }, { maxParty: 4 }] })
    const [dinerId = ''] = await createDinerIds(1)
    const key = randomUUID()
    const first = await book({ dinerId, scene, key, later: () => {} })
    const { works, later } = watchLater()
    expect(await book({ dinerId, scene, key, later })).toEqual(first)
    expect(works).toHaveLength(1)
    await works[0]?.()
    expect(inbox.listMails()).toHaveLength(1)
  })

  test('nothing where a refusal is no news', async () => {
    const scene = await setUpSeating({ tables: [{ maxParty: 4 }, { maxParty: 4 }] })
    const [dinerId = '', other = ''] = await createDinerIds(2)
    await book({ dinerId, scene, later: () => {} })
    const { works, later } = watchLater()
    expect(await book({ dinerId, scene, later })).toMatchObject({ reason: 'already-booked' })
    expect(await book({ dinerId: other, scene, later, partySize: 9 })).toMatchObject({ ok: false })
    expect(works).toHaveLength(0)
  })

  test('a note to the other processes where the date is sold out, and no mail', async () => {
    const scene = await setUpSeating({ tables: [{ maxParty: 4 }] })
    const [dinerId = '', other = ''] = await createDinerIds(2)
    await book({ dinerId, scene, later: () => {} })
    const { works, later } = watchLater()
    expect(await book({ dinerId: other, scene, later })).toMatchObject({ reason: 'sold-out' })
    expect(works).toHaveLength(1)
    await works[0]?.()
    expect(inbox.listMails()).toHaveLength(0)
  })
})

describe('what is about to be done is not left to be done again', () => {
  test('a drain that a request before has set off', async () => {
    answerOutboxBell({ send: nudgeOutbox, isDue: isOutboxNudgeDue })
    const { works, later } = watchLater()
    const drained = nudgeOutbox()
    expect(isOutboxNudgeDue()).toBe(false)
    ringOutboxBellLater(later)
    expect(works).toHaveLength(0)
    await drained
    expect(isOutboxNudgeDue()).toBe(true)
    ringOutboxBellLater(later)
    expect(works).toHaveLength(1)
  })

  test('a note of the same date', async () => {
    const scene = await setUpSeating({ tables: [{ maxParty: 4 }] })
    const { restaurantId } = await setUpSeating({ tables: [{ maxParty: 4 }] })
    expect(isBoardNoteDue(scene)).toBe(true)
    const noted = noteBoardChanged(scene)
    expect(isBoardNoteDue(scene)).toBe(false)
    expect(isBoardNoteDue({ ...scene, restaurantId })).toBe(true)
    await noted
  })
})
