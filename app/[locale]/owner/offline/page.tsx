import type { Metadata } from 'next'
import { OfflineBoard } from '@/components/floor/offline-board'
import { boardShape } from '@/domain/floor/loaders'
import { loadMessages } from '@/lib/i18n/messages'
import { readPageLocale } from '@/lib/i18n/page-locale'

type Props = PageProps<'/[locale]/owner/offline'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { owner } = await loadMessages(await readPageLocale(params))
  return { title: owner.title, robots: { index: false } }
}

/**
 * The same for every visitor: staff's browsers keep it, and it shows what they keep sealed
 * (docs/decisions/0053-a-board-without-a-network.md).
 */
export default async function OfflinePage({ params }: Props) {
  const locale = await readPageLocale(params)
  const { owner, waiting } = await loadMessages(locale)
  return <OfflineBoard words={{ owner, waiting }} locale={locale} shape={boardShape} />
}
