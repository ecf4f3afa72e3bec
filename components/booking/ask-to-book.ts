import { decideNextStep, type NextStep, type TryAnswer } from '@/domain/booking/attempt.rules'
import type { Locale } from '@/lib/i18n/locale'

/** What the diner wants, as the API takes it. */
export type BookingWish = {
  restaurantId: string
  serviceDate: string
  startsAt: string
  partySize: number
  note?: string
  allergies?: string
}
/** One wish and its key, kept until its outcome is known: asked again it can't book twice. */
export type Attempt = { wish: BookingWish; key: string; asked: number }

export type Refused = {
  reason: string
  /** In the language of the page. Null: the answer was none of ours. */
  title: string | null
  opensAt: string | null
  lookAgainAt: string | null
  /** Of `no-turn`: where turns are given. */
  openingId: string | null
}
type Heard = { answer: TryAnswer; body: Record<string, unknown> }

/** Longer than the two seconds after which the server itself gives up, and a slow network. */
const PATIENCE_MS = 10_000

/** `crypto.randomUUID` is missing where a demo is opened by its address in the local network. */
export function startAttempt(wish: BookingWish): Attempt {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  const key = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return { wish, key, asked: 0 }
}

function readRetryAfterMs(headers: Headers): number | null {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN)
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null
}

type Asking = {
  attempt: Attempt
  /** The right to book behind a gate. Null: none is needed, or there is none. */
  turn: string | null
  locale: Locale
}

async function ask({ attempt, turn, locale }: Asking): Promise<Heard> {
  attempt.asked += 1
  try {
    const response = await fetch('/api/v1/reservations', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'accept-language': locale,
        'idempotency-key': attempt.key,
        'idempotency-attempt': String(attempt.asked),
        ...(turn && { 'opening-turn': turn }),
      },
      body: JSON.stringify(attempt.wish),
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    const body: Record<string, unknown> = await response.json().catch(() => ({}))
    const reason = typeof body.reason === 'string' ? body.reason : null
    const retryAfterMs = readRetryAfterMs(response.headers)
    // A success whose body was cut off is asked for again: the key tells what it said.
    if (response.ok && typeof body.id !== 'string') return { answer: null, body }
    return { answer: { status: response.status, reason, retryAfterMs }, body }
  } catch {
    return { answer: null, body: {} }
  }
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : null)

function readRefusal({ body }: Heard): Refused {
  return {
    reason: textOf(body.reason) ?? 'unexpected',
    title: textOf(body.title),
    opensAt: textOf(body.opensAt),
    lookAgainAt: textOf(body.lookAgainAt),
    openingId: textOf(body.openingId),
  }
}

/** Of the answer, what the page shows. `holdExpiresAt` is null when it is confirmed already. */
export type Placed = { id: string; holdExpiresAt: string | null }

export type TriedStep =
  | { kind: 'booked'; placed: Placed }
  | { kind: 'refused'; refused: Refused }
  | Exclude<NextStep, { kind: 'booked' | 'refused' }>

/** One try; `tries` counts those since somebody last pressed the button. */
export async function tryToBook({
  tries,
  ...asking
}: Asking & { tries: number }): Promise<TriedStep> {
  const heard = await ask(asking)
  const step = decideNextStep({ answer: heard.answer, tries, jitter: Math.random() })
  if (step.kind === 'refused') return { kind: 'refused', refused: readRefusal(heard) }
  if (step.kind !== 'booked') return step
  const { id, holdExpiresAt } = heard.body
  return { kind: 'booked', placed: { id: String(id), holdExpiresAt: textOf(holdExpiresAt) } }
}
