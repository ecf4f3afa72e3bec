import type { Metadata } from 'next'
import { AgreeForm } from '@/components/identity/agree-form'
import { styleButton } from '@/components/ui/button'
import { PageFrame, PageTitle } from '@/components/ui/page-frame'
import { PageLink } from '@/components/ui/page-link'
import { StatusMessage } from '@/components/ui/status-message'
import { fillIn } from '@/components/ui/words'
import { pendingLoginCookie } from '@/domain/identity/pending-login.loaders'
import { loadMessages } from '@/lib/i18n/messages'
import { readPageLocale } from '@/lib/i18n/page-locale'

type Props = PageProps<'/[locale]/sign-up/agree'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { access } = await loadMessages(await readPageLocale(params))
  return { title: access.agreement.title, robots: { index: false } }
}

/** It stays in this browser for ten minutes; then, and once it is done, the way on is signing in. */
export default async function AgreePage({ params }: Props) {
  const locale = await readPageLocale(params)
  const pending = await pendingLoginCookie.read()
  const { access: words, account } = await loadMessages(locale)
  if (!pending)
    return (
      <PageFrame width="task">
        <PageTitle lead={words.agreement.overText}>{words.agreement.over}</PageTitle>
        <PageLink
          href="/sign-in"
          locale={locale}
          className={styleButton({ size: 'large', isWide: true })}
        >
          {words.link.toSignIn}
        </PageLink>
      </PageFrame>
    )
  const { provider, email } = pending.person
  const lead = fillIn(words.agreement.lead, { provider: account.page[provider] })
  return (
    <PageFrame width="task">
      <PageTitle lead={lead}>{words.agreement.title}</PageTitle>
      <noscript>
        <StatusMessage tone="quiet" title={words.noScript} />
      </noscript>
      {email && <p className="font-semibold wrap-anywhere">{email}</p>}
      <AgreeForm locale={locale} words={words} />
    </PageFrame>
  )
}
