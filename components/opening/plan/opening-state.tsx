import clsx from 'clsx'
import type { OpeningState } from '@/domain/opening/schema'

const looks: Record<OpeningState, string> = {
  ANNOUNCED: 'border-line text-ink',
  LOBBY: 'border-dashed border-waiting text-waiting',
  DRAWING: 'border-dashed border-waiting text-waiting',
  OPEN: 'border-2 border-confirmed text-confirmed',
  SOLD_OUT: 'border-confirmed text-confirmed',
  OVER: 'border-line text-quiet',
  CANCELLED: 'border-refusal text-refusal',
}

/** An opening's present state in a word; shape and colour only help. */
export function OpeningMark({
  state,
  words,
}: {
  state: OpeningState
  words: Record<OpeningState, string>
}) {
  return (
    <span
      className={clsx(
        'rounded-full border px-3 text-15 font-medium whitespace-nowrap',
        looks[state],
      )}
    >
      {words[state]}
    </span>
  )
}
