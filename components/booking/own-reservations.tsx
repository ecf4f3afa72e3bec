import { styleButton } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { PageLink } from '@/components/ui/page-link'
import { Skeleton } from '@/components/ui/skeleton'
import { type ListSection, listSections, sectionOf } from '@/domain/booking/rules'
import type { ReservationView } from '@/domain/booking/schema'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { ReservationList } from './reservation-list'

type Told = { locale: Locale; words: Messages['booking'] }

/** Upcoming reservations, the next one first; then past and cancelled ones, the latest first. */
export async function OwnReservations({
  loading,
  isFirstPage,
  ...told
}: Told & {
  loading: Promise<{ items: ReservationView[]; nextCursor: string | null; now: Date }>
  isFirstPage: boolean
}) {
  const { items, nextCursor, now } = await loading
  const { locale, words } = told
  if (items.length === 0 && isFirstPage) return <NoReservations {...told} />
  const listed = (section: ListSection) =>
    items.filter((reservation) => sectionOf({ ...reservation, now }) === section)
  return (
    <>
      {listSections.map((section) => (
        <Section
          key={section}
          section={section}
          reservations={listed(section)}
          isAlwaysShown={isFirstPage && section === 'UPCOMING'}
          {...told}
        />
      ))}
      <nav aria-label={words.reservations.pages} className="flex flex-wrap gap-2">
        {!isFirstPage && (
          <PageLink href="/reservations" locale={locale} className={styleButton({ tone: 'quiet' })}>
            {words.reservations.first}
          </PageLink>
        )}
        {nextCursor && (
          <PageLink
            href={`/reservations?${new URLSearchParams({ cursor: nextCursor })}`}
            locale={locale}
            className={styleButton({ tone: 'outline' })}
          >
            {words.reservations.next}
          </PageLink>
        )}
      </nav>
    </>
  )
}

/** Says how it is sorted where there is more than one to compare. */
function Section({
  section,
  reservations,
  isAlwaysShown,
  ...told
}: Told & { section: ListSection; reservations: ReservationView[]; isAlwaysShown: boolean }) {
  const { reservations: words } = told.words
  if (reservations.length === 0 && !isAlwaysShown) return null
  return (
    <section aria-labelledby={section} className="flex flex-col gap-3">
      <div className="flex flex-wrap items-baseline justify-between gap-x-3">
        <h2 id={section} className="text-20 font-bold">
          {words.sections[section]}
        </h2>
        {reservations.length > 1 && <p className="text-15 text-quiet">{words.orders[section]}</p>}
      </div>
      {reservations.length === 0 && <NoneUpcoming {...told} />}
      <ReservationList reservations={reservations} isPast={section !== 'UPCOMING'} {...told} />
    </section>
  )
}

function NoReservations({ locale, words }: Told) {
  return (
    <EmptyState title={words.reservations.none}>
      <p className="text-quiet">{words.reservations.noneText}</p>
      <PageLink href="/" locale={locale} className={styleButton()}>
        {words.reservations.find}
      </PageLink>
    </EmptyState>
  )
}

function NoneUpcoming({ locale, words }: Told) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-3 rounded-card border border-dashed border-line p-4">
      <p className="text-quiet">{words.reservations.noneUpcoming}</p>
      <PageLink href="/" locale={locale} className={styleButton({ tone: 'outline' })}>
        {words.reservations.find}
      </PageLink>
    </div>
  )
}

export function OwnReservationsSkeleton({ label }: { label: string }) {
  return (
    <div role="status" aria-label={label} className="flex flex-col gap-3">
      <Skeleton className="h-7 w-36" />
      <Skeleton className="h-22 w-full" />
      <Skeleton className="h-22 w-full" />
      <Skeleton className="h-22 w-full" />
    </div>
  )
}
