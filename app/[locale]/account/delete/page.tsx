import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { DeleteAccount } from '@/components/booking/delete-account'
import { PageFrame, PageTitle } from '@/components/ui/page-frame'
import { loadDeletionPreview } from '@/domain/booking/loaders'
import { readPageVisitor } from '@/domain/identity/loaders'
import { linkToProof, linkToSignIn } from '@/domain/identity/rules'
import { localisePath } from '@/lib/i18n/locale'
import { loadMessages } from '@/lib/i18n/messages'
import { readPageLocale } from '@/lib/i18n/page-locale'

type Props = PageProps<'/[locale]/account/delete'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const locale = await readPageLocale(params)
  return {
    title: (await loadMessages(locale)).account.deleteAccount.title,
    robots: { index: false },
  }
}

export default async function DeleteAccountPage({ params }: Props) {
  const locale = await readPageLocale(params)
  const visitor = await readPageVisitor()
  const preview = await loadDeletionPreview()
  const returnPath = localisePath({ path: '/account/delete', locale })
  if (!visitor || !preview) redirect(linkToSignIn({ returnPath, locale }))
  if (visitor.awaitsProof) redirect(linkToProof({ path: '/account/delete', locale }))
  const { deleteAccount: words } = (await loadMessages(locale)).account
  return (
    <PageFrame width="task">
      <PageTitle lead={words.lead}>{words.title}</PageTitle>
      <DeleteAccount preview={preview} email={visitor.email} locale={locale} words={words} />
    </PageFrame>
  )
}
