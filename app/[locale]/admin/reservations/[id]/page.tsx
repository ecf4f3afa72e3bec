import type { Metadata } from 'next'
import { Nothing } from '@/components/admin/audit-log-part'
import { AuditLogRows } from '@/components/admin/audit-log-rows'
import { NewsFrame } from '@/components/admin/news'
import { AdminCancel, ReservationFacts } from '@/components/admin/reservation-record'
import { nameParty, StatusWord } from '@/components/admin/reservation-rows'
import { MissingPage } from '@/components/identity/missing-page'
import { NoticeRows } from '@/components/notification/notice-rows'
import { Part } from '@/components/ui/facts'
import { PageFrame, PageTitle } from '@/components/ui/page-frame'
import { loadReservation } from '@/domain/admin/loaders'
import { loadMessages } from '@/lib/i18n/messages'
import { readPageLocale } from '@/lib/i18n/page-locale'

type Props = PageProps<'/[locale]/admin/reservations/[id]'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await loadMessages(await readPageLocale(params))).admin.reservations.title }
}

export default async function ReservationPage({ params }: Props) {
  const locale = await readPageLocale(params)
  const { admin: words } = await loadMessages(locale)
  const found = await loadReservation((await params).id)
  if (!found) return <MissingPage locale={locale} />
  const { reservation, notices, auditLog } = found
  const say = words.reservations
  const told = { reservation, locale, words }
  return (
    <PageFrame className="gap-8">
      <NewsFrame>
        <PageTitle>
          <bdi>{nameParty({ reservation, words: say })}</bdi>
        </PageTitle>
        <p className="flex">
          <StatusWord status={reservation.status} words={say} />
        </p>
        <ReservationFacts {...told} />
        <AdminCancel {...told} />
        <Part id="audit-log" title={say.auditLog}>
          {auditLog.items.length > 0 ? (
            <AuditLogRows lines={auditLog.items} locale={locale} words={words.audit} />
          ) : (
            <Nothing text={say.noAuditLog} />
          )}
        </Part>
        <Part id="notices" title={say.notices}>
          {notices.length > 0 ? (
            <NoticeRows notices={notices} locale={locale} words={words.notices} />
          ) : (
            <Nothing text={say.noNotices} />
          )}
        </Part>
      </NewsFrame>
    </PageFrame>
  )
}
