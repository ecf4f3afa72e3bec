'use client'

import clsx from 'clsx'
import { useWords } from '@/components/floor/words/use-words'

const PAD = [1, 2, 3, 4, 5, 6, 7, 8, 9]
/** The largest walk-in that the API accepts. */
const LARGEST = 100

const key =
  'grid min-h-16 place-items-center rounded-small border font-semibold tabular-nums transition-colors disabled:opacity-40'
/** Square like a telephone's, or in two rows where more has to be filled in below. */
const looks = {
  square: { grid: 'grid-cols-3 gap-2 lg:grid-cols-4', text: 'text-28', told: 'text-28' },
  flat: { grid: 'grid-cols-6 gap-1.5', text: 'text-20', told: 'text-center text-15 leading-tight' },
}

/** A number pad: one tap for a party of up to nine, and steps for larger ones. */
export function SizePad({
  size,
  look = 'square',
  onChange,
}: {
  size: number
  look?: keyof typeof looks
  onChange: (size: number) => void
}) {
  const { words, sizeParty } = useWords()
  const { grid, text, told } = looks[look]
  return (
    <fieldset className={clsx('grid', grid)}>
      <legend className="sr-only">{words.walkIn.size}</legend>
      {PAD.map((count) => (
        <button
          key={count}
          type="button"
          aria-pressed={count === size}
          aria-label={sizeParty({ partySize: count })}
          onClick={() => onChange(count)}
          className={clsx(
            key,
            text,
            count === size
              ? 'border-ink bg-ink text-paper'
              : 'border-line bg-paper hover:border-quiet',
          )}
        >
          {count}
        </button>
      ))}
      <button
        type="button"
        aria-label={words.walkIn.fewer}
        disabled={size <= 1}
        onClick={() => onChange(size - 1)}
        className={clsx(key, text, 'border-line bg-paper hover:border-quiet')}
      >
        −
      </button>
      <output className={clsx('grid place-items-center font-bold tabular-nums', told)}>
        {sizeParty({ partySize: size })}
      </output>
      <button
        type="button"
        aria-label={words.walkIn.more}
        disabled={size >= LARGEST}
        onClick={() => onChange(size + 1)}
        className={clsx(key, text, 'border-line bg-paper hover:border-quiet')}
      >
        +
      </button>
    </fieldset>
  )
}
