import { DaySkeleton } from '@/components/board/day/day-skeleton'
import { loadMessages } from '@/lib/i18n/messages'
import { readGivenLocale } from '@/lib/i18n/page-locale'

export default async function OwnerLoading() {
  const { owner } = await loadMessages(await readGivenLocale())
  return <DaySkeleton label={owner.loading} />
}
