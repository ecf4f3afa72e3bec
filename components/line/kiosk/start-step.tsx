'use client'

import clsx from 'clsx'
import { Button } from '@/components/ui/button'
import { fillIn } from '@/components/ui/words'
import { DiningChoice } from '../join/dining-choice'
import type { KioskChoice } from './use-kiosk-taking'
import type { KioskWords } from './words'

const PAD = [1, 2, 3, 4, 5, 6, 7, 8, 9]
const LARGEST = 20

const key =
  'grid min-h-20 place-items-center rounded-small border text-28 font-semibold tabular-nums transition-colors disabled:opacity-40'
const plain = 'border-line bg-raised hover:border-quiet'

/** Party size, and eating in or take-away: one tap each. */
export function StartStep({
  choice: { partySize, dining },
  waiting,
  onChange,
  onNext,
  words,
}: {
  choice: KioskChoice
  /** Null: not known yet. */
  waiting: number | null
  onChange: (change: Partial<KioskChoice>) => void
  onNext: () => void
  words: KioskWords
}) {
  return (
    <form
      className="m-auto flex w-full max-w-160 flex-col gap-6"
      onSubmit={(event) => {
        event.preventDefault()
        onNext()
      }}
    >
      <div className="flex flex-col gap-1 text-center">
        <h1 className="text-44 leading-tight font-bold">{words.ask}</h1>
        <p className="min-h-8 text-20 text-quiet tabular-nums">
          {waiting === 0 && words.nobody}
          {waiting !== null && waiting > 0 && fillIn(words.waiting, { count: waiting })}
        </p>
      </div>
      <fieldset className="grid grid-cols-3 gap-2">
        <legend className="sr-only">{words.size}</legend>
        {PAD.map((count) => (
          <button
            key={count}
            type="button"
            aria-pressed={count === partySize}
            aria-label={fillIn(words.people, { count })}
            onClick={() => onChange({ partySize: count })}
            className={clsx(key, count === partySize ? 'border-ink bg-ink text-paper' : plain)}
          >
            {count}
          </button>
        ))}
        <button
          type="button"
          aria-label={words.fewer}
          disabled={partySize <= 1}
          onClick={() => onChange({ partySize: partySize - 1 })}
          className={clsx(key, plain)}
        >
          −
        </button>
        <output className="grid place-items-center text-28 font-bold tabular-nums">
          {fillIn(words.people, { count: partySize })}
        </output>
        <button
          type="button"
          aria-label={words.more}
          disabled={partySize >= LARGEST}
          onClick={() => onChange({ partySize: partySize + 1 })}
          className={clsx(key, plain)}
        >
          +
        </button>
      </fieldset>
      <DiningChoice
        dining={dining}
        onChoose={(chosen) => onChange({ dining: chosen })}
        words={words}
        isLarge
      />
      <Button type="submit" size="large" isWide className="min-h-20">
        {words.next}
      </Button>
    </form>
  )
}
