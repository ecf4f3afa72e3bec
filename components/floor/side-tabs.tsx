'use client'

import clsx from 'clsx'
import { fillIn } from '@/components/ui/words'
import { useWaitingWords } from './words/use-waiting-words'

export type Side = 'PARTIES' | 'LINE'

/** Switches between reservations and line; either tab shows how many parties wait. */
export function SideTabs({
  side,
  waiting,
  onChoose,
}: {
  side: Side
  waiting: number
  onChoose: (side: Side) => void
}) {
  const { words } = useWaitingWords()
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset has no flexible layout in every browser
    <div role="group" aria-label={words.tabs} className="mb-3 grid grid-cols-2 gap-1 print:hidden">
      {(['PARTIES', 'LINE'] as const).map((choice) => (
        <button
          key={choice}
          type="button"
          aria-pressed={choice === side}
          onClick={() => onChoose(choice)}
          className={clsx(
            'flex min-h-16 items-center justify-center gap-2 rounded-small border px-2 text-17 font-semibold',
            choice === side
              ? 'border-ink bg-ink text-paper'
              : 'border-line bg-raised hover:border-quiet',
          )}
        >
          {choice === 'LINE' ? words.line : words.parties}{' '}
          {choice === 'LINE' && (
            <span className="rounded-full border border-current px-2 text-15 tabular-nums">
              {fillIn(words.teams, { count: waiting })}
            </span>
          )}
        </button>
      ))}
    </div>
  )
}
