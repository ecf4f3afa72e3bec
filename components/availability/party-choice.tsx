'use client'

import { useId } from 'react'
import { fillIn } from '@/components/ui/words'
import type { Message } from '@/lib/i18n/message'

const step =
  'grid size-12 place-items-center rounded-full border border-quiet bg-raised text-28 leading-none hover:border-ink disabled:cursor-default disabled:border-line disabled:text-line'

export function PartyChoice({
  size,
  min,
  max,
  onChoose,
  words,
}: {
  size: number
  min: number
  max: number
  onChoose: (size: number) => void
  words: {
    party: string
    people: Message<'count'> | Message<never, 'count'>
    fewer: string
    more: string
  }
}) {
  const labelId = useId()
  return (
    // biome-ignore lint/a11y/useSemanticElements: browsers differ in laying out a fieldset as one row
    <div role="group" aria-labelledby={labelId} className="flex items-center justify-between gap-4">
      <span id={labelId} className="font-semibold">
        {words.party}
      </span>
      <div className="flex items-center gap-2">
        <button
          type="button"
          className={step}
          aria-label={words.fewer}
          disabled={size <= min}
          onClick={() => onChoose(size - 1)}
        >
          <span aria-hidden="true">−</span>
        </button>
        <output className="min-w-16 text-center text-20 font-bold tabular-nums">
          {fillIn(words.people, { count: size })}
        </output>
        <button
          type="button"
          className={step}
          aria-label={words.more}
          disabled={size >= max}
          onClick={() => onChoose(size + 1)}
        >
          <span aria-hidden="true">+</span>
        </button>
      </div>
    </div>
  )
}
