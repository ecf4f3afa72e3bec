'use client'

import { fillIn } from '@/components/ui/words'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { nameServiceDay, nameTime, readLocalDate, readServiceDay } from '@/lib/i18n/moment'
import { useTonight } from './tonight-provider'

type Words = Messages['booking']

/** The party size and the time of the list, with its date unless that is known to be today's. */
export function TonightAsOf({ locale, words }: { locale: Locale; words: Words['tonight'] }) {
  const { tonight, nowMs } = useTonight()
  const [restaurant] = tonight.restaurants
  if (!restaurant) return null
  const { timeZone } = restaurant
  const time = nameTime({ at: tonight.asOf, now: nowMs, timeZone, locale })
  return (
    <p className="text-15 text-quiet tabular-nums">
      {fillIn(words.for, { count: tonight.partySize })} · {fillIn(words.asOf, { time })}
    </p>
  )
}

type Told = { locale: Locale; words: Words['home'] }

/** "Tables today", where the list is of today as its reader lives it; otherwise with its date. */
export function FreeTitle({ locale, words }: Told) {
  const { first, nowMs } = useTonight()
  const [restaurant] = first.restaurants
  if (!restaurant) return words.free
  const { serviceDate: date, timeZone } = restaurant
  const isToday = nowMs !== undefined && readLocalDate({ at: nowMs, timeZone }) === date
  if (isToday) return words.free
  return fillIn(words.freeOn, { day: readServiceDay({ date, now: nowMs, timeZone, locale }).date })
}

/** That the list's day has no table for the party, and the time of the reading that says so. */
export function NoneFree({ locale, words }: { locale: Locale; words: Words }) {
  const { first, nowMs } = useTonight()
  const [restaurant] = first.restaurants
  if (!restaurant) return null
  const { serviceDate: date, timeZone } = restaurant
  const day = nameServiceDay({ date, now: nowMs, timeZone, locale })
  return (
    <>
      <p>{fillIn(words.home.noneFree, { day, count: first.partySize })}</p>
      <TonightAsOf locale={locale} words={words.tonight} />
    </>
  )
}
