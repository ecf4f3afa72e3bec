'use client'

import { useEffect, useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { QrCode } from '@/components/ui/qr-code'
import { useStable } from '@/components/ui/use-stable'
import { fillIn } from '@/components/ui/words'
import { type Locale, localisePath } from '@/lib/i18n/locale'
import type { KioskTicket } from './use-kiosk-taking'
import type { KioskWords } from './words'

/** Long enough to find a phone and scan; then it is the next guest's turn. */
const SHOWN_SECONDS = 30

/** The number in large print and the code of its ticket; returns to the start by itself. */
export function TicketStep({
  ticket: { number, place, token },
  onDone,
  locale,
  words,
}: {
  ticket: KioskTicket
  onDone: () => void
  locale: Locale
  words: KioskWords
}) {
  const end = useStable(onDone)
  const [left, setLeft] = useState(SHOWN_SECONDS)
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => title.current?.focus(), [])
  useEffect(() => {
    if (left <= 0) return end()
    const timer = setTimeout(() => setLeft(left - 1), 1_000)
    return () => clearTimeout(timer)
  }, [left, end])
  const path = localisePath({ path: `/tickets/${token}`, locale })
  const url = new URL(path, window.location.origin).href
  return (
    <div className="m-auto flex w-full max-w-page flex-wrap items-center justify-center gap-x-16 gap-y-6 text-center">
      <div className="flex flex-col items-center gap-3">
        <h1 ref={title} tabIndex={-1} className="flex flex-col items-center outline-none">
          <span className="text-20 font-semibold text-quiet">{words.number}</span>{' '}
          <span className="text-72 leading-tight font-bold text-accent tabular-nums">
            {fillIn(words.numberOf, { number })}
          </span>
        </h1>
        {place !== null && (
          <p className="text-28 font-semibold tabular-nums">{fillIn(words.placeOf, { place })}</p>
        )}
        <p className="max-w-task text-20 text-quiet">{words.remember}</p>
        <Button size="large" onClick={onDone} className="min-h-20 min-w-64">
          {words.done}
        </Button>
        <p aria-hidden="true" className="text-quiet tabular-nums">
          {fillIn(words.home, { seconds: left })}
        </p>
      </div>
      <div className="flex w-80 flex-col items-center gap-3">
        <QrCode text={url} label={words.code} className="max-w-80!" />
        <p className="text-20 font-semibold">{words.scan}</p>
      </div>
    </div>
  )
}
