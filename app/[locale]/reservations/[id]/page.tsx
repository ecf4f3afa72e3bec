import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { CancelLinkOver } from '@/components/booking/cancel-link/cancel-link-over'
import { ReservationDetail } from '@/components/booking/reservation-detail'
import { MissingPage } from '@/components/identity/missing-page'
import { PushSwitch } from '@/components/notification/push-switch'
import { PageFrame } from '@/components/ui/page-frame'
import { loadChangeable, loadOwnReservation, loadShownReservation } from '@/domain/booking/loaders'
import { readPageVisitor } from '@/domain/identity/loaders'
import { linkToProof, linkToSignIn } from '@/domain/identity/rules'
import { loadOwnPushState } from '@/domain/notification/loaders'
import { env } from '@/lib/env'
import { type Locale, localisePath } from '@/lib/i18n/locale'
import { loadMessages } from '@/lib/i18n/messages'
import { readPageLocale } from '@/lib/i18n/page-locale'

type Props = PageProps<'/[locale]/reservations/[id]'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const locale = await readPageLocale(params)
  const { title } = (await loadMessages(locale)).booking.reservation
  return { title, robots: { index: false }, referrer: 'no-referrer' }
}

const doorUrlOf = (id: string) => new URL(`/owner/check-in/${id}`, env.APP_URL).href

/** For a guest, whom the link in their mail lets in. */
async function LinkedReservation({
  shown: { reservation, cancelToken, now },
  locale,
}: {
  shown: NonNullable<Awaited<ReturnType<typeof loadShownReservation>>>
  locale: Locale
}) {
  const { booking: words, notice, shell } = await loadMessages(locale)
  const changeable = reservation && (await loadChangeable(reservation.restaurant))
  return (
    <PageFrame width="task">
      {reservation ? (
        <ReservationDetail
          reservation={reservation}
          now={now}
          changeable={changeable}
          doorUrl={doorUrlOf(reservation.id)}
          cancelToken={cancelToken}
          locale={locale}
          words={{ ...words, inApp: shell.inApp }}
        />
      ) : (
        <CancelLinkOver state="MOVED" locale={locale} words={notice.cancel} />
      )}
    </PageFrame>
  )
}

/** The diner's own reservation by its id, or the one that a mailed link names. */
export default async function ReservationPage({ params }: Props) {
  const locale = await readPageLocale(params)
  const { id } = await params
  const shown = await loadShownReservation(id)
  if (shown) return <LinkedReservation shown={shown} locale={locale} />
  const visitor = await readPageVisitor()
  const path = `/reservations/${encodeURIComponent(id)}`
  if (!visitor) redirect(linkToSignIn({ returnPath: localisePath({ path, locale }), locale }))
  if (visitor.awaitsProof) redirect(linkToProof({ path, locale }))
  const found = await loadOwnReservation({ dinerId: visitor.accountId, id })
  if (!found) return <MissingPage locale={locale} />
  const { reservation, now } = found
  const { booking: words, notice, shell } = await loadMessages(locale)
  const isComing = reservation.status === 'HELD' || reservation.status === 'CONFIRMED'
  const push = isComing ? await loadOwnPushState() : null
  const changeable = isComing ? await loadChangeable(reservation.restaurant) : null
  return (
    <PageFrame width="task">
      <ReservationDetail
        reservation={reservation}
        now={now}
        changeable={changeable}
        doorUrl={doorUrlOf(reservation.id)}
        locale={locale}
        words={{ ...words, inApp: shell.inApp }}
      />
      {push?.publicKey && (
        <section className="rounded-card border border-line bg-raised p-4 print:hidden">
          <PushSwitch words={{ ...notice.push, inApp: shell.inApp }} push={push} locale={locale} />
        </section>
      )}
    </PageFrame>
  )
}
