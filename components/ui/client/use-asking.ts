'use client'

import { useEffect, useRef, useState } from 'react'
import type { Locale } from '@/lib/i18n/locale'
import { ask, type Body, makeKey } from './ask'
import { askUntilAnswered, type Outcome, type WhyAgain } from './retry'
import { readSteadyMs } from './steady-clock'

type Wish = {
  url: string
  body: object
  /** Called again for each try. */
  readHeaders?: () => Record<string, string>
}

export type AskOutcome = Outcome<Body>

/** The state of the request meanwhile. */
export type AskState =
  | { phase: 'idle' }
  /** `after`: why it is retried; null at first. */
  | { phase: 'asking'; after: WhyAgain | null }
  /** `untilMs` by the steady clock. */
  | { phase: 'waiting'; why: WhyAgain; seconds: number; untilMs: number }

/** A request with an unknown outcome: the same wish repeats it under its key. */
type Open = { said: string; key: string; asked: number }

/** Everything the service creates has an id; a success without one is not from our service. */
const readMade = (body: Body) => (typeof body.id === 'string' ? body : null)

/** Runs one request at a time, and retries it under the same key until it is answered. */
export function useAsking({ locale }: { locale: Locale }) {
  const [state, setState] = useState<AskState>({ phase: 'idle' })
  const running = useRef<object | null>(null)
  const open = useRef<Open | null>(null)
  useEffect(
    () => () => {
      running.current = null
    },
    [],
  )

  /** Null: it was stopped, or another request is running. */
  async function run({ url, body, readHeaders }: Wish): Promise<AskOutcome | null> {
    if (running.current) return null
    const mine = {}
    running.current = mine
    const said = `${url} ${JSON.stringify(body)}`
    const attempt = open.current?.said === said ? open.current : { said, key: makeKey(), asked: 0 }
    open.current = attempt
    setState({ phase: 'asking', after: null })
    const outcome = await askUntilAnswered({
      askOnce: () => {
        attempt.asked += 1
        const headers = {
          'idempotency-key': attempt.key,
          'idempotency-attempt': String(attempt.asked),
          ...readHeaders?.(),
        }
        return ask<Body>({ url, method: 'POST', body, headers, locale })
      },
      read: readMade,
      isWanted: () => running.current === mine,
      onWait: ({ why, waitMs }) => {
        const seconds = Math.max(1, Math.ceil(waitMs / 1_000))
        setState({ phase: 'waiting', why, seconds, untilMs: readSteadyMs() + waitMs })
      },
      onAgain: (after) => setState({ phase: 'asking', after }),
    })
    if (!outcome) return null
    running.current = null
    setState({ phase: 'idle' })
    if (isCertain(outcome)) open.current = null
    return outcome
  }

  /** Stops retrying: the outcome stays unknown, and the same wish repeats the request. */
  function stop() {
    running.current = null
    setState({ phase: 'idle' })
  }

  return {
    state,
    isRunning: state.phase !== 'idle',
    run,
    stop,
    /** Makes the next wish a new request. */
    forget: () => {
      stop()
      open.current = null
    },
  }
}

/** Our own failure says nothing about whether the request was carried out. */
function isCertain(outcome: AskOutcome): boolean {
  if (outcome.kind === 'refused') return outcome.problem.status < 500
  return outcome.kind === 'done'
}
