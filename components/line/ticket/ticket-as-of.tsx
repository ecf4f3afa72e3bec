'use client'

import type { LiveSnapshot } from '@/components/ui/client/use-snapshot'
import { useIsOffline } from '@/components/ui/offline-notice'
import { fillIn } from '@/components/ui/words'
import type { LineSnapshot, TicketView } from '@/domain/line/schema'
import { formatTime } from '@/lib/i18n/moment'
import type { TicketWords } from './words'

/** The age of the reading: unobtrusive while all is well, in words when the network fails. */
export function TicketAsOf({
  ticket: { now, restaurant },
  live,
  words: { ticket: words },
}: {
  ticket: TicketView
  live: LiveSnapshot<LineSnapshot>
  words: TicketWords
}) {
  const isOffline = useIsOffline()
  const at = Math.max(live.asOfMs, Date.parse(now))
  const time = formatTime({ at, timeZone: restaurant.timeZone })
  const isOld = isOffline || live.state === 'old' || live.isUnreachable
  return (
    <p
      role="status"
      className={
        isOld
          ? 'rounded-small border-2 border-dashed border-waiting p-3 text-15 font-medium'
          : 'text-center text-15 text-quiet tabular-nums'
      }
    >
      {isOld ? (
        fillIn(isOffline ? words.offline : words.old, { time })
      ) : (
        // The running minute is visual only; reading it aloud would disturb.
        <span aria-hidden="true">
          {live.state === 'live' && <span className="print:hidden">{words.live}</span>}
          <span className={live.state === 'live' ? 'not-print:hidden' : undefined}>
            {fillIn(words.asOf, { time })}
          </span>
        </span>
      )}
    </p>
  )
}
