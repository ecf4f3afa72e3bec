import type { Metadata } from 'next'
import { MissingPage } from '@/components/identity/missing-page'
import { ClosuresPanel } from '@/components/schedule/closures-panel'
import { HoursForm } from '@/components/schedule/hours-form'
import { PageFrame, PageTitle } from '@/components/ui/page-frame'
import { closeOwnDate } from '@/domain/booking/actions'
import { listHours } from '@/domain/restaurant/setup.queries'
import { listClosures } from '@/domain/schedule/month.queries'
import { loadMessages } from '@/lib/i18n/messages'
import { readPageLocale } from '@/lib/i18n/page-locale'
import { readSettingsPage } from '../settings-page'

type Props = PageProps<'/[locale]/owner/[slug]/hours'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { schedule } = await loadMessages(await readPageLocale(params))
  return { title: schedule.hours.title, robots: { index: false } }
}

export default async function HoursPage({ params }: Props) {
  const { locale, restaurant } = await readSettingsPage({ params, page: '/hours' })
  if (!restaurant) return <MissingPage locale={locale} />
  const asked = { restaurantId: restaurant.id }
  const [hours, closures] = await Promise.all([listHours(asked), listClosures(asked)])
  const { schedule: words } = await loadMessages(locale)
  return (
    <PageFrame>
      <PageTitle lead={words.hours.lead}>{words.hours.title}</PageTitle>
      <div className="grid gap-10 lg:grid-cols-[minmax(0,1fr)_360px]">
        <HoursForm restaurant={restaurant} hours={hours} locale={locale} words={words} />
        <ClosuresPanel
          restaurant={restaurant}
          closures={closures}
          closeDate={closeOwnDate}
          locale={locale}
          words={words}
        />
      </div>
    </PageFrame>
  )
}
