import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { ReservationDetail } from '@/components/booking/reservation-detail'
import { MissingPage } from '@/components/identity/missing-page'
import { PushSwitch } from '@/components/notification/push-switch'
import { PageFrame } from '@/components/ui/page-frame'
import { loadOwnReservation } from '@/domain/booking/loaders'
import { readPageVisitor } from '@/domain/identity/loaders'
import { linkToSignIn } from '@/domain/identity/rules'
import { loadOwnPushState } from '@/domain/notification/loaders'
import { env } from '@/lib/env'
import { localisePath } from '@/lib/i18n/locale'
import { loadMessages } from '@/lib/i18n/messages'
import { readPageLocale } from '@/lib/i18n/page-locale'

type Props = PageProps<'/[locale]/reservations/[id]'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const locale = await readPageLocale(params)
  const { title } = (await loadMessages(locale)).booking.reservation
  return { title, robots: { index: false } }
}

export default async function ReservationPage({ params }: Props) {
  const locale = await readPageLocale(params)
  const { id } = await params
  const visitor = await readPageVisitor()
  const returnPath = localisePath({ path: `/reservations/${encodeURIComponent(id)}`, locale })
  if (!visitor) redirect(linkToSignIn({ returnPath, locale }))
  const found = await loadOwnReservation({ dinerId: visitor.accountId, id })
  if (!found) return <MissingPage locale={locale} />
  const { reservation, now } = found
  const { booking: words, notice, shell } = await loadMessages(locale)
  const isComing = reservation.status === 'HELD' || reservation.status === 'CONFIRMED'
  const push = isComing ? await loadOwnPushState() : null
  return (
    <PageFrame width="task">
      <ReservationDetail
        reservation={reservation}
        now={now}
        doorUrl={new URL(`/owner/check-in/${reservation.id}`, env.APP_URL).href}
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
