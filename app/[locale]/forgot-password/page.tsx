import type { Metadata } from 'next'
import { LinkRequestPage } from '@/components/identity/link-request-page'
import { loadSentTo } from '@/domain/identity/loaders'
import { readReturnPath } from '@/domain/identity/rules'
import { localisePath } from '@/lib/i18n/locale'
import { loadMessages } from '@/lib/i18n/messages'
import { readPageLocale } from '@/lib/i18n/page-locale'

type Props = PageProps<'/[locale]/forgot-password'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const locale = await readPageLocale(params)
  return { title: (await loadMessages(locale)).access.forgot.title, robots: { index: false } }
}

export default async function ForgotPasswordPage({ params, searchParams }: Props) {
  const locale = await readPageLocale(params)
  const { access: words } = await loadMessages(locale)
  const { callbackUrl, sent } = await searchParams
  const returnPath = readReturnPath({
    given: callbackUrl,
    otherwise: localisePath({ path: '/start', locale }),
  })
  return (
    <LinkRequestPage
      purpose="RESET_PASSWORD"
      sentTo={await loadSentTo({ purpose: 'RESET_PASSWORD', sent })}
      returnPath={returnPath}
      locale={locale}
      words={words}
    />
  )
}
