'use client'

import { useEffect, useRef, useState } from 'react'
import type { BookingState } from '@/components/booking/use-booking'
import { pause } from '@/components/ui/pause'
import { decideNextStep, type TryAnswer, type WhyAgain } from '@/domain/booking/attempt.rules'
import type { Locale } from '@/lib/i18n/locale'

/** What is asked of the API, and the key under which it is asked again. */
type Wish = { url: string; body: object; key: string; headers?: Record<string, string> }
type Body = Record<string, unknown>

export type AskOutcome =
  | { kind: 'done'; body: Body }
  /** `title` in the language of the page; null: the answer was none of ours. */
  | { kind: 'refused'; reason: string; title: string | null }
  /** It may have gone through. */
  | { kind: 'unknown' }

/** What is happening meanwhile, as `BookingProgress` tells it. */
export type AskState = Extract<BookingState, { phase: 'idle' | 'asking' | 'waiting' }>

/** Longer than the two seconds after which the server itself gives up, and a slow network. */
const PATIENCE_MS = 10_000

/** `crypto.randomUUID` is missing where a demo is opened by its address in the local network. */
export function makeKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

async function ask({ url, body, key, headers, tries, locale }: Wish & Told & { tries: number }) {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'accept-language': locale,
        'idempotency-key': key,
        'idempotency-attempt': String(tries),
        ...headers,
      },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    const heard: Body = await response.json().catch(() => ({}))
    const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
    const retryAfterMs = Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null
    // A success whose body was cut off is asked for again: the key tells what it said.
    if (response.ok && typeof heard.id !== 'string') return { answer: null, heard }
    const answer: TryAnswer = {
      status: response.status,
      reason: textOf(heard.reason),
      retryAfterMs,
    }
    return { answer, heard }
  } catch {
    return { answer: null, heard: {} }
  }
}

type Told = { locale: Locale }

const textOf = (value: unknown) => (typeof value === 'string' ? value : null)

/** Asks one thing of the API at a time, and again by itself under the same key until it is answered. */
export function useAsking({ locale }: Told) {
  const [state, setState] = useState<AskState>({ phase: 'idle' })
  const current = useRef<Wish | null>(null)
  useEffect(
    () => () => {
      current.current = null
    },
    [],
  )

  /** Null: it was left, or something else is under way. */
  async function run(wish: Wish): Promise<AskOutcome | null> {
    if (current.current) return null
    current.current = wish
    let after: WhyAgain | null = null
    for (let tries = 1; ; tries += 1) {
      setState({ phase: 'asking', after })
      const { answer, heard } = await ask({ ...wish, tries, locale })
      if (current.current !== wish) return null
      const step = decideNextStep({ answer, tries, jitter: Math.random() })
      if (step.kind !== 'again') return settle(step.kind, heard)
      after = step.why
      const seconds = Math.max(1, Math.ceil(step.waitMs / 1000))
      setState({ phase: 'waiting', why: after, seconds, untilMs: Date.now() + step.waitMs })
      await pause(step.waitMs)
      if (current.current !== wish) return null
    }
  }

  function settle(kind: 'booked' | 'refused' | 'unknown', heard: Body): AskOutcome {
    current.current = null
    setState({ phase: 'idle' })
    if (kind === 'booked') return { kind: 'done', body: heard }
    if (kind === 'unknown') return { kind }
    return { kind, reason: textOf(heard.reason) ?? 'unexpected', title: textOf(heard.title) }
  }

  return { state, isRunning: state.phase !== 'idle', run }
}
