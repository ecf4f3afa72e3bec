'use client'

import { useEffect, useRef, useState } from 'react'
import type { Locale } from '@/lib/i18n/locale'
import { ask, type Body, makeKey } from './ask'
import { askUntilAnswered, type Outcome, type WhyAgain } from './retry'
import { readSteadyMs } from './steady-clock'

type Wish = {
  url: string
  body: object
  /** Read anew for each try. */
  readHeaders?: () => Record<string, string>
}

export type AskOutcome = Outcome<Body>

/** What is happening meanwhile. */
export type AskState =
  | { phase: 'idle' }
  /** `after`: why it is asked again; null at first. */
  | { phase: 'asking'; after: WhyAgain | null }
  /** `untilMs` by the steady clock. */
  | { phase: 'waiting'; why: WhyAgain; seconds: number; untilMs: number }

/** What was begun and whose outcome is not known: wished for again it is the same, under its key. */
type Open = { said: string; key: string; asked: number }

/** Each thing the service makes has an id; a success without one is none of ours. */
const readMade = (body: Body) => (typeof body.id === 'string' ? body : null)

/** Asks for one thing at a time, and again by itself under the same key until it is answered. */
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

  /** Null: it was stopped, or something else is under way. */
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

  /** Stops asking: what becomes of it is not known, and wished for again it is the same. */
  function stop() {
    running.current = null
    setState({ phase: 'idle' })
  }

  return {
    state,
    isRunning: state.phase !== 'idle',
    run,
    stop,
    /** What is wished for next is another thing. */
    forget: () => {
      stop()
      open.current = null
    },
  }
}

/** A failure of ours says nothing about what was done. */
function isCertain(outcome: AskOutcome): boolean {
  if (outcome.kind === 'refused') return outcome.problem.status < 500
  return outcome.kind === 'done'
}
