import { pause } from '@/components/ui/pause'
import { decideRetryMs } from '@/domain/opening/lobby.rules'
import type { OpeningEntry } from '@/domain/opening/schema'
import type { Locale } from '@/lib/i18n/locale'

export type Refused = {
  reason: string
  /** In the language of the page. Null: the answer was none of ours. */
  title: string | null
  /** Of `not-your-turn`: when it comes, ISO 8601. */
  at: string | null
}
export type Asked<T> = { ok: true; value: T } | { ok: false; refused: Refused }

/** Longer than the two seconds after which the server itself gives up, and a slow network. */
const PATIENCE_MS = 10_000

type Body = Record<string, unknown>
type Heard = { status: number | null; retryAfterMs: number | null; body: Body }
type Question = {
  /** Below the opening. */
  path: 'entries' | 'entries/me' | 'turn'
  openingId: string
  body?: Record<string, string>
  locale: Locale
}

async function askOnce({ path, openingId, body, locale }: Question): Promise<Heard> {
  try {
    const response = await fetch(`/api/v1/openings/${openingId}/${path}`, {
      method: path === 'entries/me' ? 'GET' : 'POST',
      headers: {
        'accept-language': locale,
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
    const retryAfterMs = seconds >= 0 ? seconds * 1000 : null
    return { status: response.status, retryAfterMs, body: await response.json() }
  } catch {
    return { status: null, retryAfterMs: null, body: {} }
  }
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : null)

/**
 * Asks until there is an answer: asking again gives the same place, so a lost answer costs nothing.
 * `isWanted` ends it; then the answer is null. `onWait` is told each time it has to be asked again.
 */
export async function askOpening<T>({
  isWanted,
  onWait,
  read,
  ...question
}: Question & {
  isWanted: () => boolean
  onWait?: () => void
  /** Null: it is no answer of ours, as from a network that wants to be signed in to. */
  read: (body: Body) => T | null
}): Promise<Asked<T> | null> {
  for (let tries = 1; isWanted(); tries += 1) {
    const { status, retryAfterMs, body } = await askOnce(question)
    if (!isWanted()) return null
    const value = status !== null && status < 300 ? read(body) : null
    if (value !== null) return { ok: true, value }
    const heard = status !== null && status < 300 ? null : status
    const waitMs = decideRetryMs({ status: heard, retryAfterMs, tries, jitter: Math.random() })
    if (waitMs === null) return { ok: false, refused: readRefusal(body) }
    onWait?.()
    await pause(waitMs)
  }
  return null
}

function readRefusal({ reason, title, at }: Body): Refused {
  return { reason: textOf(reason) ?? 'unexpected', title: textOf(title), at: textOf(at) }
}

export function readEntry({ entryId, enteredAt, inLobby, number, receipt }: Body) {
  const texts = [entryId, enteredAt, receipt].map(textOf)
  const [id, at, proof] = texts
  if (!id || !at || !proof || typeof inLobby !== 'boolean') return null
  const ordered = typeof number === 'number' ? number : null
  const entry: OpeningEntry = {
    entryId: id,
    enteredAt: at,
    inLobby,
    number: ordered,
    receipt: proof,
  }
  return entry
}

export function readTurn({ turn, expiresAt }: Body) {
  const [right, until] = [textOf(turn), textOf(expiresAt)]
  return right && until ? { turn: right, expiresAt: until } : null
}
