import type { Metadata } from 'next'
import { MissingPage } from '@/components/identity/missing-page'
import { FloorPlanPanel } from '@/components/schedule/floor-plan-panel'
import { styleButton } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { PageFrame, PageTitle } from '@/components/ui/page-frame'
import { PageLink } from '@/components/ui/page-link'
import { listPlaces } from '@/domain/restaurant/floor-plan.queries'
import { listTables } from '@/domain/restaurant/setup.queries'
import { listAreas } from '@/domain/restaurant/table-group.queries'
import { loadMessages } from '@/lib/i18n/messages'
import { readPageLocale } from '@/lib/i18n/page-locale'
import { readSettingsPage } from '../settings-page'

type Props = PageProps<'/[locale]/owner/[slug]/floor-plan'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { schedule } = await loadMessages(await readPageLocale(params))
  return { title: schedule.floorPlan.pageTitle, robots: { index: false } }
}

export default async function FloorPlanPage({ params }: Props) {
  const { locale, restaurant } = await readSettingsPage({ params, page: '/floor-plan' })
  if (!restaurant) return <MissingPage locale={locale} />
  const asked = { restaurantId: restaurant.id }
  const [tables, areas, places] = await Promise.all([
    listTables(asked),
    listAreas(asked),
    listPlaces(asked),
  ])
  const { schedule: words } = await loadMessages(locale)
  const given = { restaurant, tables, areas, places, locale, words }
  return (
    <PageFrame>
      <PageTitle lead={words.floorPlan.pageLead}>{words.floorPlan.pageTitle}</PageTitle>
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
        <FloorPlanPanel {...given} />
      )}
    </PageFrame>
  )
}
