import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { MissingPage } from '@/components/identity/missing-page'
import { linkToParty } from '@/domain/floor/check-in.rules'
import { loadCheckIn } from '@/domain/floor/loaders'
import { linkToSignIn } from '@/domain/identity/rules'
import { localisePath } from '@/lib/i18n/locale'
import { loadMessages } from '@/lib/i18n/messages'
import { readPageLocale } from '@/lib/i18n/page-locale'

type Props = PageProps<'/[locale]/owner/check-in/[id]'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { owner } = await loadMessages(await readPageLocale(params))
  return { title: owner.title, robots: { index: false } }
}

/**
 * Target of a diner's door code. A phone's own camera app lands here and is led to the party on its
 * board.
 */
export default async function CheckInPage({ params }: Props) {
  const locale = await readPageLocale(params)
  const { id } = await params
  const found = await loadCheckIn(id)
  const returnPath = localisePath({ path: `/owner/check-in/${encodeURIComponent(id)}`, locale })
  if (found.state === 'SIGNED_OUT') redirect(linkToSignIn({ returnPath, locale }))
  if (found.state === 'NOT_FOUND') return <MissingPage locale={locale} />
  redirect(localisePath({ path: linkToParty(found.checkIn), locale }))
}
