import { ask, type Body, textOf } from '@/components/ui/client/ask'
import { askUntilAnswered, type Pause } from '@/components/ui/client/retry'
import type { OpeningEntry } from '@/domain/opening/schema'
import type { Locale } from '@/lib/i18n/locale'

export type Refused = {
  reason: string
  /** In the language of the page. Null: the answer did not come from our service. */
  title: string | null
  /** With `not-your-turn`: when the turn comes, ISO 8601. */
  at: string | null
  /** With `already-booked`. */
  reservationId: string | null
}
export type Asked<T> = { ok: true; value: T } | { ok: false; refused: Refused }

/**
 * Retries without limit: entering again gives the same place, so a lost answer costs nothing. When
 * `isWanted` turns false it ends with null.
 */
export async function askOpening<T>({
  path,
  openingId,
  body,
  locale,
  ...pursuit
}: {
  /** The path below the opening's own. */
  path: 'entries' | 'entries/me' | 'turn'
  openingId: string
  body?: Record<string, string>
  locale: Locale
  isWanted: () => boolean
  /** In place of a pause before each retry. */
  wait?: (pause: Pause) => Promise<void>
  /** Null: the answer did not come from our service. */
  read: (body: Body) => T | null
}): Promise<Asked<T> | null> {
  const url = `/api/v1/openings/${openingId}/${path}`
  const method = path === 'entries/me' ? 'GET' : 'POST'
  const outcome = await askUntilAnswered({
    ...pursuit,
    askOnce: () => ask<Body>({ url, method, body, locale }),
    persistence: { mostTries: Number.POSITIVE_INFINITY },
  })
  if (outcome?.kind === 'done') return { ok: true, value: outcome.value }
  return outcome?.kind === 'refused'
    ? { ok: false, refused: readRefusal(outcome.problem.body) }
    : null
}

function readRefusal({ reason, title, at, reservationId }: Body): Refused {
  return {
    reason: textOf(reason) ?? 'unexpected',
    title: textOf(title),
    at: textOf(at),
    reservationId: textOf(reservationId),
  }
}

export function readEntry({ entryId, enteredAt, inLobby, number, cohort, receipt }: Body) {
  const texts = [entryId, enteredAt, receipt].map(textOf)
  const [id, at, proof] = texts
  if (!id || !at || !proof || typeof inLobby !== 'boolean') return null
  const ordered = typeof number === 'number' ? number : null
  const entry: OpeningEntry = {
    entryId: id,
    enteredAt: at,
    inLobby,
    number: ordered,
    cohort: typeof cohort === 'number' ? cohort : null,
    receipt: proof,
  }
  return entry
}

/** An entry with what its diner has booked, on whichever device. */
export function readOwnEntry(body: Body) {
  const entry = readEntry(body)
  return entry && { entry, reservationId: textOf(body.reservationId) }
}

export function readTurn({ turn, expiresAt }: Body) {
  const [right, until] = [textOf(turn), textOf(expiresAt)]
  return right && until ? { turn: right, expiresAt: until } : null
}
