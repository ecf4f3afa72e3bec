import { StatusMessage } from '@/components/ui/status-message'
import { fillIn } from '@/components/ui/words'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { nameMoment } from '@/lib/i18n/moment'

/** A hold that the restaurant decides about: until when, and why. */
export function AwaitsStaff({
  holdExpiresAt,
  timeZone,
  locale,
  words,
}: {
  holdExpiresAt: string
  timeZone: string
  locale: Locale
  words: Messages['booking']['reservation']
}) {
  const time = nameMoment({ at: holdExpiresAt, timeZone, locale })
  return (
    <StatusMessage tone="waiting" title={words.awaitsStaff}>
      <p>{fillIn(words.awaitsStaffUntil, { time })}</p>
      <p className="text-15 text-quiet">{words.awaitsStaffWhy}</p>
    </StatusMessage>
  )
}
