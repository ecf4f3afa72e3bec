import type { Metadata } from 'next'
import { MissingPage } from '@/components/identity/missing-page'
import { OpeningList } from '@/components/opening/plan/opening-list'
import { PlanForm } from '@/components/opening/plan/plan-form'
import { RecurringOpeningPanel } from '@/components/opening/plan/recurring-opening-panel'
import { toPerMinute } from '@/components/opening/plan/terms-draft'
import { Watch } from '@/components/opening/plan/watch'
import { SettingsSection } from '@/components/restaurant/settings/settings-section'
import { PageFrame, PageTitle } from '@/components/ui/page-frame'
import { loadOwnOpenings } from '@/domain/opening/loaders'
import { suggestRate } from '@/domain/opening/plan.rules'
import { addDays } from '@/domain/schedule/rules'
import { loadMessages } from '@/lib/i18n/messages'
import { readPageLocale } from '@/lib/i18n/page-locale'
import { readSettingsPage } from '../settings-page'

type Props = PageProps<'/[locale]/owner/[slug]/openings'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { planning } = await loadMessages(await readPageLocale(params))
  return { title: planning.title, robots: { index: false } }
}

export default async function OpeningsPage({ params, searchParams }: Props) {
  const { locale, restaurant: own } = await readSettingsPage({ params, page: '/openings' })
  if (!own) return <MissingPage locale={locale} />
  const { planning: words } = await loadMessages(locale)
  const given = await searchParams
  const found = await loadOwnOpenings({ restaurantId: own.id, given })
  const { items: openings, nextCursor, query, recurring, usualSlots: slots, now } = found
  const { id, slug, today, timeZone, sameDayOnly, seatingMinutes, version } = own
  const restaurant = { id, slug, today, now, timeZone, sameDayOnly, seatingMinutes, version }
  const tomorrow = addDays({ date: today, days: 1 })
  const serviceDate = sameDayOnly ? tomorrow : addDays({ date: tomorrow, days: 1 })
  const proposed = {
    serviceDate,
    opensOn: tomorrow,
    opensTime: '10:00',
    lobbyMinutes: '60',
    gateMinutes: '60',
    orderBy: 'DRAW' as const,
    turnsPerMinute: String(toPerMinute(suggestRate(slots))),
  }
  const isRunning = openings.some(({ state }) => ['LOBBY', 'DRAWING', 'OPEN'].includes(state))
  return (
    <PageFrame>
      <PageTitle lead={words.lead}>{words.title}</PageTitle>
      <Watch isRunning={isRunning} />
      <OpeningList
        openings={openings}
        nextCursor={nextCursor}
        restaurant={restaurant}
        locale={locale}
        words={words}
        show={query.show}
        isFirst={!query.cursor}
      />
      <SettingsSection
        id="plan"
        title={words.form.title}
        lead={`${words.form.lead} ${words.form.try}`}
      >
        <PlanForm
          restaurant={restaurant}
          slots={slots}
          proposed={proposed}
          locale={locale}
          words={words}
        />
      </SettingsSection>
      <SettingsSection
        id="recurring-opening"
        title={words.recurringOpening.title}
        lead={words.recurringOpening.lead}
      >
        <RecurringOpeningPanel
          recurring={recurring}
          slots={slots}
          restaurant={restaurant}
          locale={locale}
          words={words}
        />
      </SettingsSection>
    </PageFrame>
  )
}
