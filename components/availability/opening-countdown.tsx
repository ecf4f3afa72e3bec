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

/** The sentence and, within a day of the opening, the time left. `nowMs` is null until it is known. */
export function readCountdown({
  opensAt,
  nowMs,
  timeZone,
  locale,
  words,
}: {
  opensAt: string
  nowMs: number | null
  timeZone: string
  locale: Locale
  words: Pick<Messages['booking']['board'], 'opening' | 'opensAt'>
}) {
  const leftMs = nowMs === null ? null : Date.parse(opensAt) - nowMs
  const isDue = leftMs !== null && leftMs <= 0
  const at = tellMoment({ at: opensAt, now: nowMs ?? undefined, timeZone, locale })
  return {
    isDue,
    title: isDue ? words.opening : fillIn(words.opensAt, { at }),
    left: leftMs !== null && leftMs < DAY_MS ? formatLength(leftMs) : null,
  }
}

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
  const { isDue, title, left } = readCountdown({ opensAt, nowMs, timeZone, locale, words })
  useEffect(() => {
    if (isDue) askNow(Math.random() * SPREAD_MS)
  }, [isDue, askNow])

  return (
    <div className="flex flex-col gap-2 rounded-card border border-line bg-raised p-5 text-center">
      <p className="text-20 font-semibold">{title}</p>
      <p className="min-h-22 text-72 leading-tight font-bold tabular-nums max-[359px]:text-44">
        {left && (
          <span role="timer" aria-label={words.countdown}>
            {left}
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
