import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { AgreeForm } from '@/components/identity/agree-form'
import { PageFrame, PageTitle } from '@/components/ui/page-frame'
import { StatusMessage } from '@/components/ui/status-message'
import { fillIn } from '@/components/ui/words'
import { pendingLoginCookie } from '@/domain/identity/pending-login.loaders'
import { localisePath } from '@/lib/i18n/locale'
import { loadMessages } from '@/lib/i18n/messages'
import { readPageLocale } from '@/lib/i18n/page-locale'

type Props = PageProps<'/[locale]/sign-up/agree'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { access } = await loadMessages(await readPageLocale(params))
  return { title: access.agreement.title, robots: { index: false } }
}

/** Without a login that waits here there is nothing to agree to. */
export default async function AgreePage({ params }: Props) {
  const locale = await readPageLocale(params)
  const pending = await pendingLoginCookie.read()
  if (!pending) redirect(localisePath({ path: '/sign-in', locale }))
  const { access: words, account } = await loadMessages(locale)
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
