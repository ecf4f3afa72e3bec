'use client'

import { Button } from '@/components/ui/button'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { useAction } from '@/components/ui/use-action'
import { keepLinkedDiet, keepOwnDiet } from '@/domain/booking/actions'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'

/** The diner lets the restaurant remember what they can't eat, or has it forgotten. */
export function KeepDiet({
  by,
  isKept,
  locale,
  words,
}: {
  /** The reservation of the signed-in diner, or the link mailed to them. */
  by: { reservationId: string } | { token: string }
  isKept: boolean
  locale: Locale
  words: Messages['booking']['diet']
}) {
  const { run, isRunning, refusal } = useAction(words)
  const answer = (keeps: boolean) =>
    run(() =>
      'token' in by
        ? keepLinkedDiet({ ...by, keeps, locale })
        : keepOwnDiet({ ...by, keeps, locale }),
    )
  return (
    <section className="flex flex-col gap-3 rounded-card border border-line bg-raised p-4 print:hidden">
      <h2 className="font-semibold">{isKept ? words.kept : words.title}</h2>
      <p className="text-quiet">{isKept ? words.keptText : words.text}</p>
      <LiveArea className="empty:hidden">
        {refusal && <StatusMessage tone="refusal" title={refusal.words} />}
      </LiveArea>
      <Button tone="outline" isWide disabled={isRunning} onClick={() => answer(!isKept)}>
        {isKept ? words.forget : words.keep}
      </Button>
    </section>
  )
}
