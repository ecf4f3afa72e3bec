'use client'

import { useEffect } from 'react'
import { styleButton } from '@/components/ui/button'
import { useServerNow } from '@/components/ui/client/use-server-now'
import { PageLink } from '@/components/ui/page-link'
import { fillIn } from '@/components/ui/words'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { formatLength, tellMoment } from '@/lib/i18n/moment'

const DAY_MS = 86_400_000
/** Watching pages spread their requests over this stretch after the opening. */
const SPREAD_MS = 400

/** Counts down by the database's clock, whatever the device's clock says, and refreshes at zero. */
export function OpeningCountdown({
  opensAt,
  openingId,
  timeZone,
  askNow,
  locale,
  words,
}: {
  opensAt: string
  /** Null: there is no lobby, and bookings are first come, first served. */
  openingId: string | null
  timeZone: string
  askNow: (delayMs?: number) => void
  locale: Locale
  words: Messages['booking']['board']
}) {
  const nowMs = useServerNow()
  const leftMs = nowMs === null ? null : Date.parse(opensAt) - nowMs
  const isDue = leftMs !== null && leftMs <= 0
  useEffect(() => {
    if (isDue) askNow(Math.random() * SPREAD_MS)
  }, [isDue, askNow])

  const at = tellMoment({ at: opensAt, now: nowMs ?? undefined, timeZone, locale })
  const isNear = leftMs !== null && leftMs < DAY_MS
  return (
    <div className="flex flex-col gap-2 rounded-card border border-line bg-raised p-5 text-center">
      <p className="text-20 font-semibold">
        {isDue ? words.opening : fillIn(words.opensAt, { at })}
      </p>
      <p className="min-h-22 text-72 leading-tight font-bold tabular-nums max-[359px]:text-44">
        {isNear && (
          <span role="timer" aria-label={words.countdown}>
            {formatLength(leftMs)}
          </span>
        )}
      </p>
      {openingId ? (
        <PageLink
          href={`/openings/${openingId}`}
          locale={locale}
          className={styleButton({ size: 'large', isWide: true })}
        >
          {words.toLobby}
        </PageLink>
      ) : (
        <p className="text-15 text-quiet">{words.opensNext}</p>
      )}
    </div>
  )
}
