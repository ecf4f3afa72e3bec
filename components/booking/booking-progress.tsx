'use client'

import { useSecondsUntil } from '@/components/ui/client/use-server-now'
import { useIsOffline } from '@/components/ui/offline-notice'
import { StatusMessage } from '@/components/ui/status-message'
import { fillIn } from '@/components/ui/words'
import type { Message } from '@/lib/i18n/message'
import type { BookingState } from './use-booking'

type Words = Record<'checking' | 'trying' | 'offline', string> &
  Record<'busy' | 'away', Message<never, 'seconds'>>

/** Explains why the request is being retried; shows nothing while all is well. */
export function BookingProgress({ state, words }: { state: BookingState; words: Words }) {
  const isOffline = useIsOffline()
  if (state.phase !== 'waiting' && state.phase !== 'asking') return null
  const why = state.phase === 'waiting' ? state.why : state.after
  if (!why) return null
  if (isOffline) return <StatusMessage tone="waiting" title={words.offline} />
  if (why === 'checking') return <StatusMessage tone="waiting" title={words.checking} />
  if (state.phase === 'asking') return <StatusMessage tone="waiting" title={words.trying} />
  return (
    <StatusMessage
      tone="waiting"
      title={
        <>
          {/* Screen readers hear this once; the running seconds are visual only. */}
          <span className="sr-only">{fillIn(words[why], { seconds: state.seconds })}</span>
          <span aria-hidden="true">
            <Seconds sentence={words[why]} untilMs={state.untilMs} />
          </span>
        </>
      }
    />
  )
}

function Seconds({ sentence, untilMs }: { sentence: Message<never, 'seconds'>; untilMs: number }) {
  const seconds = useSecondsUntil(untilMs)
  return fillIn(sentence, { seconds: Math.max(1, seconds ?? 1) })
}
