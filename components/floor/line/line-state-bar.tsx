'use client'

import { useBoardControls } from '@/components/floor/state/board-context'
import { useWaitingWords } from '@/components/floor/words/use-waiting-words'
import { MoreIcon } from '@/components/ui/staff-icons'
import { fillIn } from '@/components/ui/words'
import { whyShut } from '@/domain/line/shut.rules'
import type { Waiting } from '@/domain/line/waiting.types'

/** Whether guests may join, why not, and how many wait; a tap opens the setting. */
export function LineStateBar({
  waiting: { state, reason, longest, isInHours, quote, record },
  count,
}: {
  waiting: Waiting
  count: number
}) {
  const { words } = useWaitingWords()
  const { openPanel } = useBoardControls()
  const shut = whyShut({ state, isInHours, isFull: longest !== null && count >= longest })
  return (
    <button
      type="button"
      aria-label={words.change}
      onClick={() => openPanel({ kind: 'LINE' })}
      className="flex min-h-16 items-center gap-3 rounded-small border border-quiet bg-raised px-3 py-1.5 text-left hover:border-ink"
    >
      <span
        aria-hidden="true"
        className={
          shut === null
            ? 'size-3 shrink-0 rounded-full bg-confirmed'
            : 'size-3 shrink-0 rounded-full border-2 border-waiting'
        }
      />
      <span className="min-w-0 grow leading-tight">
        <span className="block font-semibold">
          {words.line} · {words.state[shut ?? 'OPEN']}
        </span>
        {state !== 'OPEN' && reason && (
          <bdi className="block truncate text-15 text-quiet">{reason}</bdi>
        )}
        {state === 'OPEN' && (
          <span className="block text-15 text-quiet tabular-nums">
            {quote
              ? fillIn(words.waitRange, { from: quote.fromMinutes, to: quote.toMinutes })
              : words[count === 0 ? 'waitNow' : 'wait']}
          </span>
        )}
        {quote && record && (
          <span className="block text-15 text-quiet tabular-nums">
            {fillIn(words.record, record)}
          </span>
        )}
        {longest !== null && (
          <span className="block text-15 text-quiet tabular-nums">
            {count} / {fillIn(words.teams, { count: longest })}
          </span>
        )}
      </span>
      <MoreIcon />
    </button>
  )
}
