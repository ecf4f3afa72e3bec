'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { Button } from '@/components/ui/button'
import { useServerNow } from '@/components/ui/client/use-server-now'
import { useToldTime } from '@/components/ui/client/use-told-time'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { useAction } from '@/components/ui/use-action'
import { fillIn } from '@/components/ui/words'
import { confirmOwnReservation } from '@/domain/booking/actions'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { formatLength, nameTime } from '@/lib/i18n/moment'

/** The remaining time by the database's clock, and the button that confirms. */
export function ConfirmHold({
  reservationId,
  holdExpiresAt,
  timeZone,
  locale,
  words,
}: {
  reservationId: string
  holdExpiresAt: string
  timeZone: string
  locale: Locale
  words: Messages['booking']['reservation']
}) {
  const { run, isRunning, refusal } = useAction(words)
  useToldTime()
  const nowMs = useServerNow()
  const leftMs = nowMs === null ? null : Date.parse(holdExpiresAt) - nowMs
  const router = useRouter()
  const isOver = leftMs !== null && leftMs <= 0
  useEffect(() => {
    if (isOver) router.refresh()
  }, [isOver, router])
  return (
    <section className="flex flex-col gap-4 rounded-card border-2 border-dashed border-waiting bg-raised p-5 text-center">
      <p className="font-semibold">
        {fillIn(words.confirmBy, {
          time: nameTime({ at: holdExpiresAt, now: nowMs ?? holdExpiresAt, timeZone, locale }),
        })}
      </p>
      <p className="min-h-22 text-72 leading-tight font-bold tabular-nums">
        {leftMs !== null && (
          <span role="timer" aria-label={words.timeLeft}>
            {formatLength(leftMs).replace(/^00:/, '')}
          </span>
        )}
      </p>
      <LiveArea className="text-left empty:hidden">
        {refusal && <StatusMessage tone="refusal" title={refusal.words} />}
      </LiveArea>
      <Button
        size="large"
        isWide
        disabled={isRunning || isOver}
        onClick={() => run(() => confirmOwnReservation({ reservationId, locale }))}
      >
        {isRunning ? words.confirming : words.confirm}
      </Button>
    </section>
  )
}
