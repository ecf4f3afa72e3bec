'use client'

import { fillIn } from '@/components/ui/words'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { formatTime, nameMoment } from '@/lib/i18n/moment'
import { useTonight } from './tonight-provider'

/** The party size and the time of the list, with its date until a live reading arrives. */
export function TonightAsOf({
  locale,
  words,
}: {
  locale: Locale
  words: Messages['booking']['tonight']
}) {
  const { tonight, isLive } = useTonight()
  const [first] = tonight.restaurants
  if (!first) return null
  const at = { at: tonight.asOf, timeZone: first.timeZone }
  const time = isLive ? formatTime(at) : nameMoment({ ...at, locale })
  return (
    <p className="text-15 text-quiet tabular-nums">
      {fillIn(words.for, { count: tonight.partySize })} · {fillIn(words.asOf, { time })}
    </p>
  )
}
