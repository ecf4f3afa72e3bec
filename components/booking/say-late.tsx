'use client'

import { Button } from '@/components/ui/button'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { useAction } from '@/components/ui/use-action'
import { fillIn } from '@/components/ui/words'
import { sayLinkedLate, sayOwnLate } from '@/domain/booking/actions'
import { LATE_CHOICES } from '@/domain/booking/rules'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'

/** The diner tells the restaurant how late the party will be, with one tap. */
export function SayLate({
  by,
  lateMinutes,
  locale,
  words,
}: {
  /** The reservation of the signed-in diner, or the link mailed to them. */
  by: { reservationId: string } | { token: string }
  /** What the restaurant has been told. Null: nothing. */
  lateMinutes: number | null
  locale: Locale
  words: Messages['booking']['late']
}) {
  const { run, isRunning, refusal } = useAction(words)
  const say = (minutes: number) =>
    run(() =>
      'token' in by
        ? sayLinkedLate({ ...by, minutes, locale })
        : sayOwnLate({ ...by, minutes, locale }),
    )
  return (
    <section className="flex flex-col gap-3 rounded-card border border-line bg-raised p-4 print:hidden">
      <h2 className="font-semibold">{words.title}</h2>
      <LiveArea className="empty:hidden">
        {refusal && <StatusMessage tone="refusal" title={refusal.words} />}
        {!refusal && lateMinutes !== null && (
          <p className="font-medium">{fillIn(words.told, { minutes: lateMinutes })}</p>
        )}
      </LiveArea>
      <div className="grid grid-cols-4 gap-2">
        {LATE_CHOICES.map((minutes) => (
          <Button
            key={minutes}
            tone="outline"
            aria-pressed={lateMinutes === minutes}
            className="px-1! md:px-0! md:whitespace-nowrap aria-pressed:border-ink aria-pressed:bg-ink aria-pressed:text-paper"
            disabled={isRunning}
            onClick={() => say(minutes)}
          >
            {fillIn(words.minutes, { minutes })}
          </Button>
        ))}
      </div>
      {lateMinutes !== null && (
        <Button tone="outline" isWide disabled={isRunning} onClick={() => say(0)}>
          {words.onTime}
        </Button>
      )}
    </section>
  )
}
