import { createHash } from 'node:crypto'
import type { SessionRef } from '@/domain/identity/types'
import {
  makeMailboxKey,
  nameByEachKey,
  nameEntry,
  type ReceiptClaims,
  readReceipt,
  signTurn,
} from '@/lib/crypto/receipt'
import { estimateDatabaseNowMs } from '@/lib/db/clock'
import { isDatabaseCrowded, pool } from '@/lib/db/database'
import { type RefusalDetails, type Result, refuse, succeed } from '@/lib/problems/result'
import { readScore, toScoredBytes } from './draw.rules'
import { findLot, findLotMs } from './lot.rules'
import { peekOpening, readOpening, withReceipt } from './queries'
import type { Opening, OpeningEntry } from './schema'
import { recordTurn } from './turn.commands'
import { TURN_MINUTES } from './turn.rules'

/** The refusals of the SQL function `enter_opening`. */
export type EntryRefusal =
  | 'signed-out'
  | 'shared-tablet'
  | 'address-unconfirmed'
  | 'mailbox-entered'
  | 'not-found'
  | 'not-open-yet'
  | 'opening-over'
  | 'busy'
/** The answer of the SQL function `enter_opening`. */
export type Entered =
  | { entry: Omit<OpeningEntry, 'receipt'>; reason?: undefined }
  | ({ reason: EntryRefusal } & RefusalDetails)

/**
 * Enters a diner into an opening, in one round trip, and returns the signed receipt (G15). A diner
 * who asks again gets the same entry and the same receipt. `enter_opening` decides between lobby and
 * late, by when the request was received. Locks: see the SQL function `enter_opening`. Refuses `not-found`, `signed-out`,
 * `address-unconfirmed`, `mailbox-entered` (another account of the mailbox has), `not-open-yet` (before the lobby, with `opensAt`), `opening-over` and
 * `busy`.
 */
export async function enterOpening({
  openingId,
  accountId,
  epoch,
  sessionId,
  receivedAt = null,
}: SessionRef & {
  openingId: string
  /** When this process received the request, by the database's clock. Null: it doesn't know that. */
  receivedAt?: Date | null
}): Promise<Result<OpeningEntry, EntryRefusal>> {
  if (isDatabaseCrowded()) return refuse('busy')
  const of = { openingId, accountId }
  const { rows } = await pool.query<{ answer: Entered }>(
    `SELECT enter_opening(p_opening => $1, p_account => $2, p_session_epoch => $3, p_entry => $4,
                          p_mailbox_key => $5, p_session => $6, p_named => $7, p_received => $8) AS answer`,
    [
      ...[openingId, accountId, epoch, nameEntry(of), makeMailboxKey(of), sessionId],
      ...[nameByEachKey(of), receivedAt],
    ],
  )
  const answer = rows[0]?.answer
  if (!answer) throw new Error('enter_opening returned no row')
  return answerEntry({ openingId, accountId, answer })
}

/** The receipt of an entry that the database has made or found, or its refusal. */
export async function answerEntry({
  openingId,
  accountId,
  answer,
}: {
  openingId: string
  accountId: string
  answer: Entered
}): Promise<Result<OpeningEntry, EntryRefusal>> {
  if (answer.reason !== undefined) {
    const { reason, ...details } = answer
    return refuse(reason, details)
  }
  return succeed(await withReceipt({ openingId, accountId, entry: answer.entry }))
}

/**
 * When the turn of a receipt comes, in milliseconds since 1970 by the database's clock; anyone can
 * compute the same. Null before the draw.
 */
export function findTurnOf({
  opening,
  receipt,
}: {
  opening: Opening
  receipt: ReceiptClaims
}): number | null {
  const { e: entryId, n: number, l: inLobby, c: cohort = null } = receipt
  const lot = findLot({ opening, entry: { entryId, number, inLobby, cohort } })
  if (lot === null) return null
  const scoreOf = (orderSeed: string) =>
    readScore(createHash('sha256').update(toScoredBytes({ orderSeed, entryId })).digest())
  return findLotMs({ lot, rates: opening.rates, scoreOf })
}

type TurnRefusal = 'receipt-unknown' | 'not-found' | 'sold-out' | 'opening-over' | 'not-your-turn'

/**
 * Gives a diner whose turn has come the right to book, for `TURN_MINUTES`. It is judged by the
 * opening's snapshot alone, at most a second old in this process, and by the database's clock. An
 * entry's first turn is recorded before it is given: a turn missing from the log was never given,
 * and a refused diner costs nothing.
 *
 * Refuses `receipt-unknown` (forged, of another opening, of another person), `not-your-turn` with
 * `at` (null until it is drawn), `sold-out` with `asOf`, `opening-over`, `not-found`.
 */
export async function takeTurn({
  openingId,
  accountId,
  receipt,
}: {
  openingId: string
  accountId: string
  receipt: string
}): Promise<Result<{ turn: string; expiresAt: string }, TurnRefusal>> {
  const claims = readReceipt(receipt)
  if (!claims || claims.o !== openingId || claims.a !== accountId) return refuse('receipt-unknown')
  const opening = peekOpening(openingId) ?? (await readOpening(openingId)).data
  if (!opening) return refuse('not-found')
  if (opening.state === 'CANCELLED') return refuse('not-found')
  if (opening.state === 'SOLD_OUT') return refuse('sold-out', { asOf: opening.asOf })
  if (opening.state === 'OVER') return refuse('opening-over')
  const turnMs = findTurnOf({ opening, receipt: claims })
  const nowMs = estimateDatabaseNowMs()
  if (turnMs === null || nowMs === null || nowMs < turnMs)
    return refuse('not-your-turn', { at: turnMs === null ? null : new Date(turnMs).toISOString() })
  await recordTurn({ openingId, entryId: claims.e })
  const expiresAtMs = Math.ceil(nowMs) + TURN_MINUTES * 60_000
  const turn = `${openingId}.${signTurn({ openingId, accountId, expiresAtMs })}`
  return succeed({ turn, expiresAt: new Date(expiresAtMs).toISOString() })
}
