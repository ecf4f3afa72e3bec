'use client'

import { Button } from '@/components/ui/button'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { useAction } from '@/components/ui/use-action'
import { resendNotice } from '@/domain/notification/actions'
import { sendRestaurantNoticeAgain } from '@/domain/restaurant/settings.actions'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'

/** Retries a notice that could not be delivered: one tap, and its line shows the outcome. */
export function SendAgain({
  noticeId,
  restaurantId,
  locale,
  words,
}: {
  noticeId: string
  /** Null: an admin retries. */
  restaurantId: string | null
  locale: Locale
  words: Messages['notice']['history']
}) {
  const { run, isRunning, refusal } = useAction(words)
  const send = () =>
    restaurantId
      ? sendRestaurantNoticeAgain({ restaurantId, noticeId, locale })
      : resendNotice({ noticeId, locale })
  return (
    <div className="flex flex-col items-start gap-2 pt-1">
      <Button tone="outline" disabled={isRunning} onClick={() => run(send)}>
        {isRunning ? words.sending : words.again}
      </Button>
      <LiveArea className="empty:hidden">
        {refusal && <StatusMessage tone="refusal" title={refusal.words} />}
      </LiveArea>
    </div>
  )
}
