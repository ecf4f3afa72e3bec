import type { Metadata } from 'next'
import { MissingPage } from '@/components/identity/missing-page'
import { AutoExtendSwitch } from '@/components/schedule/auto-extend-switch'
import { FirstSteps } from '@/components/schedule/first-steps'
import { MonthOverview } from '@/components/schedule/month-overview'
import { PlanPanel } from '@/components/schedule/plan-panel'
import { PageFrame, PageTitle } from '@/components/ui/page-frame'
import { loadMonth } from '@/domain/schedule/loaders'
import { readMonth } from '@/domain/schedule/month.rules'
import { loadMessages } from '@/lib/i18n/messages'
import { readPageLocale } from '@/lib/i18n/page-locale'
import { readSettingsPage } from '../settings-page'

type Props = PageProps<'/[locale]/owner/[slug]/schedule'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { schedule } = await loadMessages(await readPageLocale(params))
  return { title: schedule.title, robots: { index: false } }
}

export default async function SchedulePage({ params, searchParams }: Props) {
  const { locale, restaurant: own } = await readSettingsPage({ params, page: '/schedule' })
  if (!own) return <MissingPage locale={locale} />
  const { id, slug, today, timeZone } = own
  const restaurant = { id, slug, today, timeZone }
  const month = readMonth({ asked: (await searchParams).month, today })
  const { days, readiness } = await loadMonth({ restaurantId: id, month })
  const { schedule: words } = await loadMessages(locale)
  return (
    <PageFrame>
      <PageTitle lead={words.lead}>{words.title}</PageTitle>
      {!readiness.hasSchedule && (
        <FirstSteps readiness={readiness} slug={slug} locale={locale} words={words.plan.start} />
      )}
      <PlanPanel restaurant={restaurant} locale={locale} words={words} />
      {readiness.hasSchedule && (
        <AutoExtendSwitch
          keeps={readiness.keepsSchedule}
          restaurantId={id}
          locale={locale}
          words={words}
        />
      )}
      <MonthOverview
        month={month}
        days={days}
        restaurant={restaurant}
        locale={locale}
        words={words}
      />
    </PageFrame>
  )
}
