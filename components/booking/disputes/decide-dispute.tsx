'use client'

import { Button } from '@/components/ui/button'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { useAction } from '@/components/ui/use-action'
import { decideGuestDispute } from '@/domain/booking/actions'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'

/** Staff grant a dispute, or keep the record. */
export function DecideDispute({
  reservationId,
  locale,
  words,
}: {
  reservationId: string
  locale: Locale
  words: Messages['owner']['disputes']
}) {
  const { run, isRunning, refusal } = useAction(words)
  const decide = (grant: boolean) => run(() => decideGuestDispute({ reservationId, grant, locale }))
  return (
    <>
      <LiveArea className="empty:hidden">
        {refusal && <StatusMessage tone="refusal" title={refusal.words} />}
      </LiveArea>
      <div className="grid gap-2 md:grid-cols-2">
        <Button disabled={isRunning} onClick={() => decide(true)}>
          {words.grant}
        </Button>
        <Button tone="outline" disabled={isRunning} onClick={() => decide(false)}>
          {words.decline}
        </Button>
      </div>
    </>
  )
}
