import type { Metadata } from 'next'
import { LinkRequestPage } from '@/components/identity/link-request-page'
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
  return <LinkRequestPage purpose="RESET_PASSWORD" locale={locale} words={words} />
}
