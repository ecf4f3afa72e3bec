import clsx from 'clsx'
import type { Dining } from '@/domain/line/types'

const choices: Dining[] = ['IN_STORE', 'TAKEOUT']

/** Eating in or take-away: two exclusive buttons, one tap each. */
export function DiningChoice({
  dining,
  onChoose,
  words,
  isLarge = false,
}: {
  dining: Dining
  onChoose: (dining: Dining) => void
  words: Record<Dining | 'dining', string>
  /** For the tablet at the door. */
  isLarge?: boolean
}) {
  return (
    <fieldset className="grid grid-cols-2 gap-2">
      <legend className="mb-2 font-semibold">{words.dining}</legend>
      {choices.map((choice) => (
        <label
          key={choice}
          className={clsx(
            'flex cursor-pointer items-center justify-center rounded-small border px-3 text-center font-semibold has-focus-visible:outline-3 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent',
            isLarge ? 'min-h-20 text-20' : 'min-h-12',
            choice === dining
              ? 'border-ink bg-ink text-paper'
              : 'border-quiet bg-raised hover:border-ink',
          )}
        >
          <input
            type="radio"
            name="dining"
            value={choice}
            checked={choice === dining}
            onChange={() => onChoose(choice)}
            className="sr-only"
          />
          {words[choice]}
        </label>
      ))}
    </fieldset>
  )
}
