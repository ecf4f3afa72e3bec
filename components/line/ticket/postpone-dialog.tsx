'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { StatusMessage } from '@/components/ui/status-message'
import { fillIn } from '@/components/ui/words'
import type { listBehind } from '@/domain/line/place.rules'
import type { TicketWords } from './words'

const PAGE = 6

/** Chooses the party to go behind, with the resulting place; one choice and one button. */
export function PostponeDialog({
  isOpen,
  behind,
  left,
  onClose,
  onChoose,
  words,
}: {
  isOpen: boolean
  behind: ReturnType<typeof listBehind>
  /** How many more times the party may do this. */
  left: number
  onClose: () => void
  onChoose: (behindNumber: number) => void
  words: TicketWords['ticket']
}) {
  const [chosen, setChosen] = useState<number | null>(null)
  const [shown, setShown] = useState(PAGE)
  const isThere = behind.some(({ number }) => number === chosen)
  const close = () => {
    setChosen(null)
    setShown(PAGE)
    onClose()
  }
  return (
    <Dialog isOpen={isOpen} onClose={close} title={words.postponeTitle} closeLabel={words.close}>
      <p className="text-quiet">
        {words.postponeText} {fillIn(words.postponeLeft, { count: left })}
      </p>
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault()
          if (chosen === null || !isThere) return
          onChoose(chosen)
          setChosen(null)
        }}
      >
        <fieldset className="flex flex-col gap-2">
          <legend className="sr-only">{words.postponeTitle}</legend>
          {behind.slice(0, shown).map(({ number, place }) => (
            <label
              key={number}
              className="flex min-h-14 cursor-pointer items-center gap-3 rounded-small border border-line px-3 has-checked:border-2 has-checked:border-ink has-focus-visible:outline-3 has-focus-visible:outline-accent"
            >
              <input
                type="radio"
                name="behind"
                value={number}
                checked={chosen === number}
                onChange={() => setChosen(number)}
                className="size-6 shrink-0 accent-accent"
              />
              <span className="grow font-semibold tabular-nums">
                {fillIn(words.postponeBehind, { number })}
              </span>
              <span className="text-quiet tabular-nums">
                {fillIn(words.postponePlace, { place })}
              </span>
            </label>
          ))}
        </fieldset>
        {behind.length > shown && (
          <Button tone="quiet" isWide onClick={() => setShown(shown + PAGE)}>
            {words.postponeMore}
          </Button>
        )}
        <div role="status" className="empty:hidden">
          {chosen !== null && !isThere && (
            <StatusMessage tone="waiting" title={words.postponeGone} />
          )}
        </div>
        <Button type="submit" size="large" isWide disabled={!isThere}>
          {chosen !== null && isThere
            ? fillIn(words.postponeDo, { number: chosen })
            : words.postponeChoose}
        </Button>
      </form>
    </Dialog>
  )
}
