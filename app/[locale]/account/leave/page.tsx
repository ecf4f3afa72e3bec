import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { Leaving } from '@/components/booking/leaving'
import { PageFrame, PageTitle } from '@/components/ui/page-frame'
import { loadLeavingPreview } from '@/domain/booking/loaders'
import { readPageVisitor } from '@/domain/identity/loaders'
import { linkToSignIn } from '@/domain/identity/rules'
import { localisePath } from '@/lib/i18n/locale'
import { loadMessages } from '@/lib/i18n/messages'
import { readPageLocale } from '@/lib/i18n/page-locale'

type Props = PageProps<'/[locale]/account/leave'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const locale = await readPageLocale(params)
  return { title: (await loadMessages(locale)).account.leave.title, robots: { index: false } }
}

export default async function LeavePage({ params }: Props) {
  const locale = await readPageLocale(params)
  const visitor = await readPageVisitor()
  const preview = await loadLeavingPreview()
  const returnPath = localisePath({ path: '/account/leave', locale })
  if (!visitor || !preview) redirect(linkToSignIn({ returnPath, locale }))
  const { leave: words } = (await loadMessages(locale)).account
  return (
    <PageFrame width="task">
      <PageTitle lead={words.lead}>{words.title}</PageTitle>
      <Leaving preview={preview} email={visitor.email} locale={locale} words={words} />
    </PageFrame>
  )
}
