import { styleButton } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { PageLink } from '@/components/ui/page-link'
import { Skeleton } from '@/components/ui/skeleton'
import { isUpcoming } from '@/domain/booking/rules'
import type { ReservationView } from '@/domain/booking/schema'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { ReservationList } from './reservation-list'

type Told = { locale: Locale; words: Messages['booking'] }

/** Upcoming reservations, the next one first; then past ones, the latest first. */
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
  const upcoming = items.filter((reservation) => isUpcoming({ ...reservation, now })).reverse()
  const past = items.filter((reservation) => !isUpcoming({ ...reservation, now }))
  if (items.length === 0 && isFirstPage) return <NoReservations {...told} />
  return (
    <>
      {(isFirstPage || upcoming.length > 0) && (
        <section aria-labelledby="upcoming" className="flex flex-col gap-3">
          <h2 id="upcoming" className="text-20 font-bold">
            {words.reservations.upcoming}
          </h2>
          {upcoming.length === 0 && <NoneUpcoming {...told} />}
          <ReservationList reservations={upcoming} {...told} />
        </section>
      )}
      {past.length > 0 && (
        <section aria-labelledby="past" className="flex flex-col gap-3">
          <h2 id="past" className="text-20 font-bold">
            {words.reservations.past}
          </h2>
          <ReservationList reservations={past} isPast {...told} />
        </section>
      )}
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
