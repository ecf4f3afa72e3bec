import { nameRestaurant } from '@/components/restaurant/restaurant-words'
import { styleButton } from '@/components/ui/button'
import { OrOutside } from '@/components/ui/outside-offer'
import { PageLink } from '@/components/ui/page-link'
import { CalendarIcon } from '@/components/ui/place-icons'
import { canDinerChange } from '@/domain/booking/change.rules'
import { canDinerCancel, mayBeLate } from '@/domain/booking/rules'
import type { ReservationView } from '@/domain/booking/schema'
import { type Locale, localisePath } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { nameMoment } from '@/lib/i18n/moment'
import { AwaitsStaff } from './awaits-staff'
import { CancelReservation } from './cancel-reservation'
import { ChangeReservation } from './change/change-reservation'
import type { ChangeableRestaurant } from './change/changing'
import { ConfirmHold } from './confirm-hold'
import { DoorCode } from './door-code'
import { KeepDiet } from './keep-diet'
import { NoShow } from './no-show'
import { ReservationFacts } from './reservation-facts'
import { ReservationStatusMessage } from './reservation-status'
import { SayLate } from './say-late'
import { StatusMark } from './status-mark'

/** The diner's own reservation: its status, its facts and the acts it allows. */
export function ReservationDetail({
  reservation,
  now,
  changeable,
  doorUrl,
  cancelToken = null,
  locale,
  words,
}: {
  reservation: ReservationView
  /** By the database's clock. */
  now: Date
  /** What a change needs to know. Null: the restaurant can't be booked any more. */
  changeable: { restaurant: ChangeableRestaurant; today: string } | null
  /** The content of the door code. */
  doorUrl: string
  /** Seals the acts of a guest, who came by a mailed link. Null: the signed-in diner's own. */
  cancelToken?: string | null
  locale: Locale
  words: Messages['booking'] & { inApp: Messages['shell']['inApp'] }
}) {
  const { id, restaurant, status, serviceDate, startsAt, holdExpiresAt, awaitsStaff } = reservation
  const { timeZone } = restaurant
  const name = nameRestaurant({ restaurant, locale })
  const when = nameMoment({ at: startsAt, serviceDate, timeZone, locale })
  const canCancel = canDinerCancel({ status, startsAt, now })
  const by = cancelToken === null ? { reservationId: id } : { token: cancelToken }
  return (
    <>
      <header className="flex flex-col gap-2">
        {cancelToken === null && (
          <PageLink
            href="/reservations"
            locale={locale}
            className="-my-2 inline-flex min-h-12 items-center text-15 text-quiet underline-offset-4 hover:underline print:hidden"
          >
            ← {words.reservation.back}
          </PageLink>
        )}
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <h1 className="text-28 leading-tight font-bold" lang={name.lang}>
            {name.text}
          </h1>
          <StatusMark status={status} words={words.status} />
        </div>
      </header>
      {status === 'HELD' && holdExpiresAt && awaitsStaff && (
        <AwaitsStaff
          holdExpiresAt={holdExpiresAt}
          timeZone={timeZone}
          locale={locale}
          words={words.reservation}
        />
      )}
      {status === 'HELD' && holdExpiresAt && !awaitsStaff && (
        <ConfirmHold
          reservationId={id}
          holdExpiresAt={holdExpiresAt}
          timeZone={timeZone}
          locale={locale}
          words={words.reservation}
        />
      )}
      {status !== 'HELD' && <ReservationStatusMessage reservation={reservation} words={words} />}
      {status === 'CONFIRMED' && (
        <DoorCode
          reservation={reservation}
          url={doorUrl}
          locale={locale}
          words={words.reservation}
        />
      )}
      {cancelToken === null && reservation.noShow && (
        <NoShow
          reservationId={id}
          noShow={reservation.noShow}
          locale={locale}
          words={words.noShow}
        />
      )}
      {mayBeLate({ ...reservation, now }) && (
        <SayLate by={by} lateMinutes={reservation.lateMinutes} locale={locale} words={words.late} />
      )}
      <ReservationFacts reservation={reservation} locale={locale} words={words.reservation} />
      {(reservation.allergies !== null || reservation.isDietKept) && (
        <KeepDiet by={by} isKept={reservation.isDietKept} locale={locale} words={words.diet} />
      )}
      <div className="flex flex-col gap-2">
        {changeable && canDinerChange({ status, startsAt, now }) && (
          <ChangeReservation
            by={by}
            reservation={reservation}
            {...changeable}
            locale={locale}
            words={{ board: words.board, change: words.change, sheet: words.sheet }}
          />
        )}
        {canCancel && cancelToken === null && (
          <OrOutside need="download" locale={locale} words={words.inApp}>
            {/* The target is a file, so this is a plain link that hands it to the calendar. */}
            <a
              href={localisePath({ path: `/reservations/${id}/calendar`, locale })}
              className={styleButton({ tone: 'outline', isWide: true })}
            >
              <CalendarIcon />
              {words.reservation.calendar}
            </a>
          </OrOutside>
        )}
        <PageLink
          href={`/restaurants/${restaurant.slug}`}
          locale={locale}
          className={styleButton({ tone: 'outline', isWide: true })}
        >
          {canCancel ? words.reservation.restaurant : words.reservation.bookAgain}
        </PageLink>
        {canCancel && cancelToken !== null && (
          <PageLink
            href={`/cancel/${cancelToken}`}
            locale={locale}
            className={styleButton({ tone: 'outline', isWide: true })}
          >
            {words.reservation.cancel}
          </PageLink>
        )}
        {canCancel && cancelToken === null && (
          <CancelReservation
            reservationId={id}
            what={`${name.text} · ${when}`}
            locale={locale}
            closeLabel={words.sheet.close}
            words={words.reservation}
          />
        )}
      </div>
    </>
  )
}
