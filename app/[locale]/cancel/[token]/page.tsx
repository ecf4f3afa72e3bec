import type { Metadata } from 'next'
import { CancelLinkCard } from '@/components/booking/cancel-link/cancel-link-card'
import { CancelLinkOver } from '@/components/booking/cancel-link/cancel-link-over'
import { ChangeReservation } from '@/components/booking/change/change-reservation'
import { SayLate } from '@/components/booking/say-late'
import { PageFrame } from '@/components/ui/page-frame'
import { canDinerChange } from '@/domain/booking/change.rules'
import { loadChangeable, loadLinkedReservation } from '@/domain/booking/loaders'
import { mayBeLate } from '@/domain/booking/rules'
import { loadMessages } from '@/lib/i18n/messages'
import { readPageLocale } from '@/lib/i18n/page-locale'

type Props = PageProps<'/[locale]/cancel/[token]'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { notice } = await loadMessages(await readPageLocale(params))
  return { title: notice.cancel.title, robots: { index: false }, referrer: 'no-referrer' }
}

/** Asks before it cancels, because mail scanners follow every link in a mail. */
export default async function CancelLinkPage({ params }: Props) {
  const locale = await readPageLocale(params)
  const { token } = await params
  const found = await loadLinkedReservation(token)
  const { booking, notice } = await loadMessages(locale)
  const words = notice.cancel
  // The reader of a mailbox that is no longer the diner's learns nothing more.
  const isOwn = found !== null && found.state !== 'MOVED'
  const isChangeable = isOwn && canDinerChange({ ...found.reservation, now: found.now })
  const changeable = isChangeable ? await loadChangeable(found.reservation.restaurant) : null
  return (
    <PageFrame width="task">
      {found?.state === 'OPEN' ? (
        <CancelLinkCard
          token={token}
          locale={locale}
          words={words}
          reservation={found.reservation}
        />
      ) : (
        <CancelLinkOver state={found?.state ?? 'UNKNOWN'} locale={locale} words={words} />
      )}
      {isOwn && mayBeLate({ ...found.reservation, now: found.now }) && (
        <SayLate
          by={{ token }}
          lateMinutes={found.reservation.lateMinutes}
          locale={locale}
          words={booking.late}
        />
      )}
      {isOwn && changeable && (
        <ChangeReservation
          by={{ token }}
          reservation={found.reservation}
          {...changeable}
          locale={locale}
          words={{ board: booking.board, change: booking.change, sheet: booking.sheet }}
        />
      )}
    </PageFrame>
  )
}
