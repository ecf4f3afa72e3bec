import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { readField } from '../replay/answers'
import type { Wire, WireAnswer } from '../replay/wire'
import type { AskedOfLine } from './check'

export interface Joiner {
  accountId: string
  token: string
}

/** After that many "later" answers the joiner gives up, and the checker finds it. */
const MOST_TRIES = 60

/**
 * Joins as the page does: with one key, retried when told to come later, until there is an answer.
 * Every request is recorded. Null: no answer came.
 */
export async function joinLine({
  wire,
  restaurantId,
  joiner,
  note,
}: {
  wire: Wire
  restaurantId: string
  joiner: Joiner
  note: (asked: AskedOfLine) => void
}): Promise<{ ticketId: string; number: number } | null> {
  const key = randomUUID()
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const startMs = performance.now()
    const answer = await wire.ask({
      method: 'POST',
      path: `/api/v1/restaurants/${restaurantId}/tickets`,
      headers: { authorization: `Bearer ${joiner.token}`, 'idempotency-key': key },
      body: JSON.stringify({ partySize: 2, dining: 'IN_STORE', channel: 'ONLINE' }),
    })
    const taken = readTaken(answer)
    note({
      accountId: joiner.accountId,
      act: 'join',
      key,
      startMs,
      endMs: performance.now(),
      status: answer.status,
      reason: readField(answer.body, 'reason'),
      ...taken,
      hasRetryAfter: answer.retryAfterSeconds !== null,
    })
    if (taken.ticketId !== '') return taken
    if (!isLater(answer)) return null
    await sleep((answer.retryAfterSeconds ?? 1) * 1000 * (0.5 + Math.random()))
  }
  return null
}

function readTaken({ status, body }: WireAnswer): { ticketId: string; number: number } {
  if (status !== 200 && status !== 201) return { ticketId: '', number: 0 }
  const { id, number }: { id: unknown; number: unknown } = JSON.parse(body)
  return { ticketId: String(id), number: Number(number) }
}

const isLater = ({ status, body }: WireAnswer) =>
  [429, 503].includes(status) || (status === 409 && body.includes('"in-progress"'))
