'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { fillIn } from '@/components/ui/words'
import type { Messages } from '@/lib/i18n/messages'

/** Chooses the weekdays that this one is copied to. */
export function CopyWeekday({
  weekday,
  words,
  onCopy,
}: {
  /** ISO 8601: 1 is Monday. */
  weekday: number
  words: Messages['schedule']
  onCopy: (to: number[]) => void
}) {
  const [isOpen, setOpen] = useState(false)
  const [chosen, setChosen] = useState<number[]>([])
  const others = words.weekdays
    .map((name, index) => ({ name, number: index + 1 }))
    .filter(({ number }) => number !== weekday)
  const title = fillIn(words.hours.copyOf, { day: words.weekdays[weekday - 1] ?? '' })
  const toggle = (number: number) =>
    setChosen((now) =>
      now.includes(number) ? now.filter((one) => one !== number) : [...now, number],
    )
  return (
    <>
      <Button tone="quiet" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {words.hours.copy}
      </Button>
      <Dialog isOpen={isOpen} onClose={() => setOpen(false)} title={title} closeLabel={words.close}>
        <fieldset className="flex flex-col">
          <legend className="sr-only">{title}</legend>
          {others.map(({ name, number }) => (
            <label key={number} className="flex min-h-12 items-center gap-3">
              <input
                type="checkbox"
                className="size-6 accent-accent"
                checked={chosen.includes(number)}
                onChange={() => toggle(number)}
              />
              {name}
            </label>
          ))}
        </fieldset>
        <Button tone="outline" onClick={() => setChosen(others.map(({ number }) => number))}>
          {words.hours.copyAll}
        </Button>
        <Button
          disabled={chosen.length === 0}
          onClick={() => {
            onCopy(chosen)
            setOpen(false)
          }}
        >
          {words.hours.copyDo}
        </Button>
      </Dialog>
    </>
  )
}
