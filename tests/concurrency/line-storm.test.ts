import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { beforeEach, expect, test } from 'vitest'
import { checkLineRows } from '@/bench/line/check'
import { LineModel } from '@/bench/line/model'
import { readLineTruth } from '@/bench/line/truth'
import { sweepLines } from '@/domain/line/commands'
import { connectKiosk } from '@/domain/line/kiosk.commands'
import type { PlainAct } from '@/domain/line/move.commands'
import type { MovedTicket } from '@/domain/line/schema'
import { takeTicket } from '@/domain/line/take.commands'
import { pool } from '@/lib/db/database'
import type { Result } from '@/lib/problems/result'
import { useDatabase } from '../support/database'
import {
  actAs,
  findLineContradictions,
  joinLine,
  type LineScene,
  postponeOwn,
  readNumbers,
  runOutLastCall,
  seatAs,
  setUpLine,
  undoAs,
} from '../support/line-scene'
import { holdSession } from '../support/session-scene'
import { stormRuns } from '../support/storm-runs'

const database = useDatabase()
beforeEach(() => database.truncateAll())

const kinds = [
  ...['join', 'joinAtDoor', 'postpone', 'postpone', 'CALL', 'LAST_CALL', 'seat'],
  ...['CANCEL', 'lapse', 'PUT_BACK', 'undo'],
] as const
const steps = fc.array(
  fc.record({
    kind: fc.constantFrom(...kinds),
    own: fc.integer({ min: 1, max: 7 }),
    behind: fc.integer({ min: 1, max: 8 }),
  }),
  { minLength: 6, maxLength: 16 },
)
type Step = { kind: (typeof kinds)[number]; own: number; behind: number }
type Ticket = { id: string; number: number; dinerId: string | null }

/** The tablet at the door taps twice: both taps give the same ticket. */
async function startKiosk(scene: LineScene) {
  const { sessionId } = await holdSession(scene.ownerId)
  const actor = { accountId: scene.ownerId, address: null }
  const connected = await connectKiosk({ ...scene, actor, sessionId, name: '입구' })
  if (!connected.ok) throw new Error(connected.reason)
  const { token } = connected.value
  return async (): Promise<Ticket> => {
    const asked = {
      restaurantId: scene.restaurantId,
      taker: { by: 'kiosk' as const, token },
      key: randomUUID(),
      address: null,
      locale: 'ko' as const,
      request: { partySize: 2, dining: 'IN_STORE' as const, channel: 'KIOSK' as const },
    }
    const taken = await takeTicket(asked)
    const again = await takeTicket(asked)
    if (!taken.ok || !again.ok) throw new Error('nobody else is at the door')
    expect(again.value).toMatchObject({
      isNew: false,
      ticket: { number: taken.value.ticket.number },
    })
    return { ...taken.value.ticket, dinerId: null }
  }
}

/** Runs a step against the store, and remembers which acts could be undone. */
async function startLine(scene: LineScene) {
  const takeAtDoor = await startKiosk(scene)
  const tickets: Ticket[] = []
  const acts = new Map<number, string>()
  const remember = (number: number, moved: Result<MovedTicket>): true | string => {
    if (!moved.ok) return moved.reason
    if (moved.value.undoUntil === null) acts.delete(number)
    else acts.set(number, moved.value.actId)
    return true
  }
  async function perform({ kind, own, behind }: Step): Promise<true | string> {
    if (kind === 'join') {
      tickets.push(await joinLine(scene))
      return true
    }
    if (kind === 'joinAtDoor') {
      tickets.push(await takeAtDoor())
      return true
    }
    const ticket = tickets.find(({ number }) => number === own)
    if (!ticket) return 'not-found'
    if (kind === 'postpone') return remember(own, await postponeOwn(ticket, behind))
    if (kind === 'seat') return remember(own, await seatAs(scene.ownerId, ticket.id))
    if (kind === 'lapse') {
      await runOutLastCall(ticket.id)
      await sweepLines()
      return true
    }
    if (kind === 'undo') {
      const undone = await undoAs(scene.ownerId, acts.get(own) ?? ticket.id)
      acts.delete(own)
      return undone.ok || 'too-late'
    }
    return remember(own, await actAs(scene.ownerId, kind as PlainAct, ticket.id))
  }
  return { perform, tickets }
}

function predict(model: LineModel, { kind, own, behind }: Step): true | string {
  if (kind === 'join' || kind === 'joinAtDoor') return model.join() > 0 || 'not-found'
  if (kind === 'postpone') return model.postpone(own, behind)
  if (kind === 'seat') return model.act('SEAT', own)
  if (kind === 'undo') return model.statusOf(own) ? model.undo(own) : 'not-found'
  if (kind === 'PUT_BACK') return model.putBack(own)
  if (kind === 'lapse') {
    model.lapse(own)
    return model.statusOf(own) ? true : 'not-found'
  }
  return model.act(kind as 'CALL', own)
}

/** Replaying the audit log from its beginning must lead to where every party stands. */
async function expectSoundHistory({ restaurantId }: LineScene): Promise<void> {
  expect(checkLineRows(await readLineTruth({ pool, restaurantId }))).toEqual([])
}

test('G8, G10, G11: storms of every act agree with the model, answer for answer and place for place', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (storm) => {
      const scene = await setUpLine()
      const model = new LineModel()
      const line = await startLine(scene)
      for (let joined = 0; joined < 4; joined++) {
        model.join()
        await line.perform({ kind: 'join', own: 0, behind: 0 })
      }
      for (const step of storm) {
        expect([step, await line.perform(step)]).toEqual([step, predict(model, step)])
        expect(await readNumbers(scene)).toEqual(model.numbers())
      }
      await expectSoundHistory(scene)
    }),
    { numRuns: stormRuns(25) },
  )
  expect(await findLineContradictions()).toEqual([])
})

test('G8 to G11: storms of three acts at a time never leave contradictory rows', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (storm) => {
      const scene = await setUpLine()
      const line = await startLine(scene)
      for (let joined = 0; joined < 4; joined++)
        await line.perform({ kind: 'join', own: 0, behind: 0 })
      for (let at = 0; at < storm.length; at += 3)
        await Promise.all(storm.slice(at, at + 3).map(line.perform))
      await expectSoundHistory(scene)
    }),
    { numRuns: stormRuns(25) },
  )
  expect(await findLineContradictions()).toEqual([])
})
