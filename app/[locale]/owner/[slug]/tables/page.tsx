import type { Metadata } from 'next'
import { MissingPage } from '@/components/identity/missing-page'
import { TablesPanel } from '@/components/schedule/tables-panel'
import { PageFrame, PageTitle } from '@/components/ui/page-frame'
import { listTables } from '@/domain/restaurant/setup.queries'
import { listCombinations } from '@/domain/restaurant/table-group.queries'
import { loadMessages } from '@/lib/i18n/messages'
import { readPageLocale } from '@/lib/i18n/page-locale'
import { readSettingsPage } from '../settings-page'

type Props = PageProps<'/[locale]/owner/[slug]/tables'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { schedule } = await loadMessages(await readPageLocale(params))
  return { title: schedule.tables.title, robots: { index: false } }
}

export default async function TablesPage({ params }: Props) {
  const { locale, restaurant } = await readSettingsPage({ params, page: '/tables' })
  if (!restaurant) return <MissingPage locale={locale} />
  const asked = { restaurantId: restaurant.id }
  const [tables, combinations] = await Promise.all([listTables(asked), listCombinations(asked)])
  const { schedule: words } = await loadMessages(locale)
  return (
    <PageFrame>
      <PageTitle lead={words.tables.lead}>{words.tables.title}</PageTitle>
      <TablesPanel
        restaurant={restaurant}
        tables={tables}
        combinations={combinations}
        locale={locale}
        words={words}
      />
    </PageFrame>
  )
}
