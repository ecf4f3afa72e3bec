import { PageFrame } from '@/components/ui/page-frame'
import { StatusMessage } from '@/components/ui/status-message'
import { linkToSignIn } from '@/domain/identity/rules'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { LinkRequest } from './link-request'

/** Asks for a link by mail, and links back to signing in. */
export function LinkRequestPage(told: {
  purpose: 'SIGN_IN' | 'RESET_PASSWORD'
  sentTo: string | null
  returnPath: string
  locale: Locale
  words: Messages['access']
}) {
  const { returnPath, locale, words } = told
  return (
    <PageFrame width="task">
      <noscript>
        <StatusMessage tone="quiet" title={words.noScript} />
      </noscript>
      <LinkRequest {...told} />
      <a
        href={linkToSignIn({ returnPath, locale })}
        className="flex min-h-12 items-center self-center font-semibold"
      >
        {words.request.backToSignIn}
      </a>
    </PageFrame>
  )
}
