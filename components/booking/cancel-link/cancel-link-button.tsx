'use client'

import { Button, styleButton } from '@/components/ui/button'
import { PageLink } from '@/components/ui/page-link'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { useAction } from '@/components/ui/use-action'
import { cancelLinkedReservation } from '@/domain/booking/actions'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'

/** The page itself asks the question, so one tap is enough; the page then shows the outcome. */
export function CancelLinkButton({
  token,
  locale,
  words,
}: {
  token: string
  locale: Locale
  words: Messages['notice']['cancel']
}) {
  const { run, isRunning, refusal } = useAction(words)
  return (
    <>
      <LiveArea className="empty:hidden">
        {refusal && <StatusMessage tone="refusal" title={refusal.words} />}
      </LiveArea>
      <div className="grid gap-2 md:grid-cols-2">
        <PageLink
          href="/"
          locale={locale}
          className={styleButton({ tone: 'outline', size: 'large' })}
        >
          {words.keep}
        </PageLink>
        <Button
          tone="danger"
          size="large"
          disabled={isRunning}
          onClick={() => run(() => cancelLinkedReservation({ token, locale }))}
        >
          {isRunning ? words.cancelling : words.yes}
        </Button>
      </div>
    </>
  )
}
