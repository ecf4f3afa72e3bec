import type { Metadata } from 'next'
import { NewsFrame } from '@/components/admin/news'
import { Backups, Decisions, Searches, Today } from '@/components/admin/overview-parts'
import { MissingPage } from '@/components/identity/missing-page'
import { PageFrame, PageTitle } from '@/components/ui/page-frame'
import { fillIn } from '@/components/ui/words'
import { loadOverview } from '@/domain/admin/loaders'
import { ADMIN_TIME_ZONE } from '@/lib/i18n/admin-time-zone'
import { loadMessages } from '@/lib/i18n/messages'
import { nameInstant } from '@/lib/i18n/moment'
import { readPageLocale } from '@/lib/i18n/page-locale'

type Props = PageProps<'/[locale]/admin'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await loadMessages(await readPageLocale(params))).admin.title }
}

export default async function AdminPage({ params }: Props) {
  const locale = await readPageLocale(params)
  const { admin: words } = await loadMessages(locale)
  const overview = await loadOverview()
  if (!overview) return <MissingPage locale={locale} />
  const asOf = nameInstant({ at: overview.asOf, timeZone: ADMIN_TIME_ZONE, locale })
  return (
    <PageFrame className="gap-8">
      <NewsFrame>
        <PageTitle lead={fillIn(words.overview.asOf, { time: asOf })}>
          {words.overview.title}
        </PageTitle>
        <Decisions overview={overview} locale={locale} words={words} />
        <Today overview={overview} locale={locale} words={words} />
        <Backups overview={overview} words={words} />
        <Searches locale={locale} words={words} />
      </NewsFrame>
    </PageFrame>
  )
}
