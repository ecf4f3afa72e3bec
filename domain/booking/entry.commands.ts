import type { SessionRef } from '@/domain/identity/types'
import { answerEntry, type Entered, type EntryRefusal } from '@/domain/opening/commands'
import { peekOpening } from '@/domain/opening/queries'
import type { OpeningEntry } from '@/domain/opening/schema'
import { makeMailboxKey, nameByEachKey, nameEntry } from '@/lib/crypto/receipt'
import { createBatches } from '@/lib/db/batch'
import { askAnswers } from '@/lib/db/call'
import { isDatabaseCrowded } from '@/lib/db/database'
import { followEntry, noteRefusedEntry } from '@/lib/entry-load'
import { env } from '@/lib/env'
import { type Result, refuse } from '@/lib/problems/result'

type Answer =
  | Entered
  | { reason: 'already-booked'; reservationId: string }
  | { reason: 'no-shows'; bookableFrom: string }

type Entrant = SessionRef & {
  openingId: string
  /** When this process received the request, by the database's clock. Null: it doesn't know that. */
  receivedAt?: Date | null
}
/** A statement of this many takes a few dozen milliseconds. */
const MOST_IN_A_BATCH = 128
/**
 * A batch that waits longer for a lock gives up, and in the end its entrants wait alone: longer than a few
 * other processes' batches hold the opening's row, or an account that enters there, too.
 */
const BATCH_LOCK_TIMEOUT = '500ms'

/** Of one entrant with the limits of every statement, of many with a short wait for locks. */
const enterTogether = createBatches<Entrant, Answer>({
  keyOf: ({ openingId }) => openingId,
  most: Math.min(MOST_IN_A_BATCH, env.DATABASE_BATCH_MOST),
  write: async (entrants) => {
    const [{ openingId }] = entrants
    const named = entrants.map(({ accountId, epoch, sessionId, receivedAt = null }) => {
      const of = { openingId, accountId }
      const [entry, mailbox] = [nameEntry(of), makeMailboxKey(of)?.toString('hex')]
      return {
        account: accountId,
        epoch,
        session: sessionId,
        entry,
        mailbox,
        named: nameByEachKey(of),
        received: receivedAt,
      }
    })
    const [answers] = await askAnswers<Answer[]>({
      text: `SELECT CASE WHEN $3::text IS NULL OR set_config('lock_timeout', $3, true) IS NOT NULL
                         THEN enter_opening_together(p_opening => $1, p_entrants => $2) END AS answer`,
      values: [openingId, JSON.stringify(named), entrants.length > 1 ? BATCH_LOCK_TIMEOUT : null],
    })
    return answers ?? []
  },
})

/**
 * Enters a diner into an opening like `enterOpening`, and tells at once who can't take part: a diner
 * who has a reservation of that date learns it here, not when their turn has come, and so does one
 * whose no-shows keep them from booking. Entries that come while this process writes others into the
 * same opening go together in its next statement. Locks: see the SQL function `enter_opening`.
 * Throws when Postgres was lost meanwhile, as every statement does, and when it waited too long: the
 * same account asked again has one entry. Refuses what `enterOpening` refuses, `already-booked` with `reservationId`, `no-shows` with
 * the date from which they can book again, and `sold-out` with `asOf` while this process' snapshot says so.
 */
export async function enterUnbooked(
  entrant: Entrant,
): Promise<Result<OpeningEntry, EntryRefusal | 'already-booked' | 'no-shows' | 'sold-out'>> {
  const { openingId, accountId } = entrant
  const known = peekOpening(openingId)
  // Nothing is left to draw for; who has entered reads their receipt without entering again.
  if (known?.state === 'SOLD_OUT') return refuse('sold-out', { asOf: known.asOf })
  if (isDatabaseCrowded()) {
    noteRefusedEntry()
    return refuse('busy')
  }
  const answer = await followEntry(() => enterTogether(entrant))
  if (answer.reason === 'already-booked')
    return refuse(answer.reason, { reservationId: answer.reservationId })
  if (answer.reason === 'no-shows')
    return refuse(answer.reason, { bookableFrom: answer.bookableFrom })
  return answerEntry({ openingId, accountId, answer })
}
