import fc from 'fast-check'
import { beforeEach, expect, test } from 'vitest'
import type { PlainAct } from '@/domain/line/move/commands'
import { sweepLines } from '@/domain/line/sweep/commands'
import type { MovedTicket } from '@/domain/line/types'
import type { Result } from '@/lib/result'
import { useDatabase } from '../support/database'
import { LineModel } from '../support/line-model'
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

const database = useDatabase()
beforeEach(() => database.truncateAll())

const kinds = [
  ...['join', 'postpone', 'postpone', 'CALL', 'LAST_CALL', 'seat'],
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
type Ticket = Awaited<ReturnType<typeof joinLine>>

/** What runs a step against the store, and remembers what could be taken back. */
function startLine(scene: LineScene) {
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
  if (kind === 'join') return model.join() > 0 || 'not-found'
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

test('G8, G10, G11: storms of every act do what the model does, answer for answer and place for place', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (storm) => {
      const scene = await setUpLine()
      const model = new LineModel()
      const line = startLine(scene)
      for (let joined = 0; joined < 4; joined++) {
        model.join()
        await line.perform({ kind: 'join', own: 0, behind: 0 })
      }
      for (const step of storm) {
        expect([step, await line.perform(step)]).toEqual([step, predict(model, step)])
        expect(await readNumbers(scene)).toEqual(model.numbers())
      }
    }),
    { numRuns: Number(process.env.LINE_STORMS ?? 25) },
  )
  expect(await findLineContradictions()).toEqual([])
})

test('G8 to G11: storms in which three act at once never contradict themselves', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (storm) => {
      const scene = await setUpLine()
      const line = startLine(scene)
      for (let joined = 0; joined < 4; joined++)
        await line.perform({ kind: 'join', own: 0, behind: 0 })
      for (let at = 0; at < storm.length; at += 3)
        await Promise.all(storm.slice(at, at + 3).map(line.perform))
    }),
    { numRuns: Number(process.env.LINE_STORMS ?? 25) },
  )
  expect(await findLineContradictions()).toEqual([])
})
