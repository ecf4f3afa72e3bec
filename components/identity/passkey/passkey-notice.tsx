'use client'

import { Button, styleButton } from '@/components/ui/button'
import { PageLink } from '@/components/ui/page-link'
import { StatusMessage } from '@/components/ui/status-message'
import { useAction } from '@/components/ui/use-action'
import { putOffPasskey } from '@/domain/identity/passkey.actions'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'

/** Asks an admin or owner for a passkey; put off, it is gone for a month in this browser. */
export function PasskeyNotice({
  locale,
  words,
}: {
  locale: Locale
  words: Messages['access']['passkey']['notice'] & Pick<Messages['access'], 'failed'>
}) {
  const { run, isRunning } = useAction(words)
  return (
    <aside
      aria-label={words.title}
      className="mx-auto w-full max-w-page px-4 pt-4 md:px-6 print:hidden"
    >
      <StatusMessage
        tone="quiet"
        title={words.title}
        actions={
          <div className="flex flex-wrap gap-2">
            <PageLink
              href="/account/passkey"
              locale={locale}
              className={styleButton({ tone: 'outline' })}
            >
              {words.make}
            </PageLink>
            <Button
              tone="quiet"
              disabled={isRunning}
              onClick={() => run(() => putOffPasskey({ locale }))}
            >
              {words.later}
            </Button>
          </div>
        }
      >
        <p className="text-15 text-quiet">{words.text}</p>
      </StatusMessage>
    </aside>
  )
}
