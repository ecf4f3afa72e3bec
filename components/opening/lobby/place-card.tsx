'use client'

import { useEffect, useRef } from 'react'
import { Button } from '@/components/ui/button'
import { CheckIcon } from '@/components/ui/icons'
import { StatusMessage } from '@/components/ui/status-message'
import { fillIn } from '@/components/ui/words'
import type { OpeningEntry } from '@/domain/opening/schema'
import type { Locale } from '@/lib/i18n/locale'
import { formatSeconds } from '@/lib/i18n/moment'
import { formatNumber } from '@/lib/i18n/number'
import { Receipt } from './receipt'
import type { LobbyWords } from './words'

function nameEntry({ entry, words }: { entry: OpeningEntry; words: LobbyWords['place'] }): string {
  if (!entry.inLobby) return words.inLate
  return entry.number === null
    ? words.in
    : fillIn(words.inNumber, { number: formatNumber({ value: entry.number, locale: 'ko' }) })
}

/** "You are in", with the proof. */
export function PlaceCard({
  entry,
  isJustEntered,
  onFocus,
  next,
  isSignedOut,
  onSignIn,
  timeZone,
  locale,
  words: { place: words, receipt, inApp },
}: {
  entry: OpeningEntry
  isJustEntered: boolean
  onFocus: () => void
  /** The next step. Null: another part of the page shows it. */
  next: string | null
  isSignedOut: boolean
  onSignIn: () => void
  timeZone: string
  locale: Locale
  words: LobbyWords
}) {
  const heading = useRef<HTMLParagraphElement>(null)
  // The pressed button is gone, so keyboard focus moves to its result.
  useEffect(() => {
    if (!isJustEntered) return
    heading.current?.focus()
    onFocus()
  }, [isJustEntered, onFocus])
  return (
    <div className="flex flex-col gap-3">
      <div className="flex gap-3 rounded-small border-2 border-confirmed bg-raised p-4">
        <span className="mt-0.5 text-confirmed">
          <CheckIcon />
        </span>
        <div className="flex min-w-0 flex-col gap-1">
          <p ref={heading} tabIndex={-1} className="font-semibold outline-none">
            {nameEntry({ entry, words })}
          </p>
          {next && <p className="text-15">{next}</p>}
          <p className="text-15 text-quiet tabular-nums">
            {fillIn(words.enteredAt, { time: formatSeconds({ at: entry.enteredAt, timeZone }) })}
          </p>
        </div>
      </div>
      {isSignedOut && (
        <StatusMessage
          tone="waiting"
          title={words.signedOut}
          actions={
            <Button isWide onClick={onSignIn}>
              {words.signIn}
            </Button>
          }
        />
      )}
      <Receipt entry={entry} locale={locale} words={{ ...receipt, inApp }} />
    </div>
  )
}
