'use client'

import clsx from 'clsx'
import { useWords } from '@/components/floor/words/use-words'

const PAD = [1, 2, 3, 4, 5, 6, 7, 8, 9]
/** The largest walk-in that the API accepts. */
const LARGEST = 100

const key =
  'grid min-h-16 place-items-center rounded-small border text-28 font-semibold tabular-nums transition-colors disabled:opacity-40'

/** A number pad: one tap for a party of up to nine, and steps for larger ones. */
export function SizePad({ size, onChange }: { size: number; onChange: (size: number) => void }) {
  const { words, sizeParty } = useWords()
  return (
    <fieldset className="grid grid-cols-3 gap-2 lg:grid-cols-4">
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
        className={clsx(key, 'border-line bg-paper hover:border-quiet')}
      >
        −
      </button>
      <output className="grid place-items-center text-28 font-bold tabular-nums">
        {sizeParty({ partySize: size })}
      </output>
      <button
        type="button"
        aria-label={words.walkIn.more}
        disabled={size >= LARGEST}
        onClick={() => onChange(size + 1)}
        className={clsx(key, 'border-line bg-paper hover:border-quiet')}
      >
        +
      </button>
    </fieldset>
  )
}
