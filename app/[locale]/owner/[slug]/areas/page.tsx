import type { Metadata } from 'next'
import { MissingPage } from '@/components/identity/missing-page'
import { AreasPanel } from '@/components/schedule/areas-panel'
import { CombinationsPanel } from '@/components/schedule/combinations-panel'
import { styleButton } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { PageFrame, PageTitle } from '@/components/ui/page-frame'
import { PageLink } from '@/components/ui/page-link'
import { listTables } from '@/domain/restaurant/setup.queries'
import { listAreas, listCombinations } from '@/domain/restaurant/table-group.queries'
import { loadMessages } from '@/lib/i18n/messages'
import { readPageLocale } from '@/lib/i18n/page-locale'
import { readSettingsPage } from '../settings-page'

type Props = PageProps<'/[locale]/owner/[slug]/areas'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { schedule } = await loadMessages(await readPageLocale(params))
  return { title: schedule.areas.pageTitle, robots: { index: false } }
}

export default async function AreasPage({ params }: Props) {
  const { locale, restaurant } = await readSettingsPage({ params, page: '/areas' })
  if (!restaurant) return <MissingPage locale={locale} />
  const asked = { restaurantId: restaurant.id }
  const [tables, areas, combinations] = await Promise.all([
    listTables(asked),
    listAreas(asked),
    listCombinations(asked),
  ])
  const { schedule: words } = await loadMessages(locale)
  const common = { restaurant, tables, areas, locale, words }
  return (
    <PageFrame>
      <PageTitle lead={words.areas.pageLead}>{words.areas.pageTitle}</PageTitle>
      {tables.length === 0 ? (
        <EmptyState title={words.tables.empty}>
          <PageLink
            href={`/owner/${restaurant.slug}/tables`}
            locale={locale}
            className={styleButton()}
          >
            {words.plan.noTables}
          </PageLink>
        </EmptyState>
      ) : (
        <div className="grid gap-10 md:grid-cols-2">
          <AreasPanel {...common} />
          <CombinationsPanel {...common} combinations={combinations} />
        </div>
      )}
    </PageFrame>
  )
}
