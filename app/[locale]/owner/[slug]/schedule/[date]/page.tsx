import type { Metadata } from 'next'
import { MissingPage } from '@/components/identity/missing-page'
import { DaySlots } from '@/components/schedule/day-slots'
import { PlanPanel } from '@/components/schedule/plan-panel'
import { styleButton } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { PageFrame, PageTitle } from '@/components/ui/page-frame'
import { PageLink } from '@/components/ui/page-link'
import { StatusMessage } from '@/components/ui/status-message'
import { fillIn } from '@/components/ui/words'
import { loadDaySchedule } from '@/domain/schedule/loaders'
import { loadMessages } from '@/lib/i18n/messages'
import { formatDate } from '@/lib/i18n/moment'
import { readPageLocale } from '@/lib/i18n/page-locale'
import { readSettingsPage } from '../../settings-page'

type Props = PageProps<'/[locale]/owner/[slug]/schedule/[date]'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { schedule } = await loadMessages(await readPageLocale(params))
  return { title: schedule.title, robots: { index: false } }
}

export default async function DayPage({ params }: Props) {
  const { date: asked } = await params
  const page = `/schedule/${encodeURIComponent(asked)}`
  const { locale, restaurant } = await readSettingsPage({ params, page })
  if (!restaurant) return <MissingPage locale={locale} />
  const day = await loadDaySchedule({ restaurantId: restaurant.id, date: asked })
  if (!day) return <MissingPage locale={locale} />
  const { overview, slots, date } = day
  const { schedule: words } = await loadMessages(locale)
  const links = [
    { href: `/owner/${restaurant.slug}/schedule?month=${date.slice(0, 7)}`, label: words.day.back },
    { href: `/owner?restaurant=${restaurant.slug}&date=${date}`, label: words.day.board },
  ]
  const only = { date, label: slots.length > 0 ? words.day.remake : words.day.make }
  const plan =
    date >= restaurant.today ? (
      <PlanPanel restaurant={restaurant} locale={locale} words={words} only={only} />
    ) : null
  return (
    <PageFrame>
      <PageTitle lead={slots.length > 0 && words.day.lead}>
        {fillIn(words.day.title, { date: formatDate({ date, locale }) })}
      </PageTitle>
      <nav aria-label={words.day.dates} className="flex flex-wrap gap-2">
        {links.map(({ href, label }) => (
          <PageLink
            key={href}
            href={href}
            locale={locale}
            className={styleButton({ tone: 'outline' })}
          >
            {label}
          </PageLink>
        ))}
      </nav>
      {overview.isClosed && <StatusMessage tone="waiting" title={words.day.closed} />}
      {slots.length > 0 ? (
        <DaySlots slots={slots} date={date} restaurant={restaurant} locale={locale} words={words} />
      ) : (
        <EmptyState title={words.day.empty}>
          <p className="text-quiet">{words.day.emptyText}</p>
        </EmptyState>
      )}
      {/* Always at the same place in the tree, so that its message outlives the first slot. */}
      {plan}
    </PageFrame>
  )
}
