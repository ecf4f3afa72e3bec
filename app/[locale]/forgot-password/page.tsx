import type { Metadata } from 'next'
import { LinkRequest } from '@/components/identity/link-request'
import { PageFrame } from '@/components/ui/page-frame'
import { PageLink } from '@/components/ui/page-link'
import { StatusMessage } from '@/components/ui/status-message'
import { loadMessages } from '@/lib/i18n/messages'
import { readPageLocale } from '@/lib/i18n/page-locale'

type Props = PageProps<'/[locale]/forgot-password'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const locale = await readPageLocale(params)
  return { title: (await loadMessages(locale)).access.forgot.title, robots: { index: false } }
}

export default async function ForgotPasswordPage({ params }: Props) {
  const locale = await readPageLocale(params)
  const { access: words } = await loadMessages(locale)
  return (
    <PageFrame width="task">
      <noscript>
        <StatusMessage tone="quiet" title={words.noScript} />
      </noscript>
      <LinkRequest purpose="RESET_PASSWORD" locale={locale} words={words} />
      <PageLink
        href="/sign-in"
        locale={locale}
        className="flex min-h-12 items-center self-center font-semibold"
      >
        {words.request.backToSignIn}
      </PageLink>
    </PageFrame>
  )
}
