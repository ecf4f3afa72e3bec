import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { Suspense } from 'react'
import { OwnReservations, OwnReservationsSkeleton } from '@/components/booking/own-reservations'
import { TermsReminder } from '@/components/identity/terms-reminder'
import { OwnTickets } from '@/components/line/ticket/own-tickets'
import { PageFrame, PageTitle } from '@/components/ui/page-frame'
import { loadOwnReservations } from '@/domain/booking/loaders'
import { findTermsQuestion } from '@/domain/identity/agreement.queries'
import { readPageVisitor } from '@/domain/identity/loaders'
import { linkToProof, linkToSignIn } from '@/domain/identity/rules'
import { loadOwnTickets } from '@/domain/line/loaders'
import { localisePath } from '@/lib/i18n/locale'
import { loadMessages } from '@/lib/i18n/messages'
import { readPageLocale } from '@/lib/i18n/page-locale'

type Props = PageProps<'/[locale]/reservations'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const locale = await readPageLocale(params)
  const { title } = (await loadMessages(locale)).booking.reservations
  return { title, robots: { index: false } }
}

export default async function ReservationsPage({ params, searchParams }: Props) {
  const locale = await readPageLocale(params)
  const visitor = await readPageVisitor()
  const returnPath = localisePath({ path: '/reservations', locale })
  if (!visitor) redirect(linkToSignIn({ returnPath, locale }))
  if (visitor.awaitsProof) redirect(linkToProof({ path: '/reservations', locale }))
  const question = await findTermsQuestion(visitor.accountId)
  const { access, booking: words, line } = await loadMessages(locale)
  const { cursor } = await searchParams
  return (
    <PageFrame width="task" className="gap-8">
      <PageTitle>{words.reservations.title}</PageTitle>
      {question && <TermsReminder question={question} locale={locale} words={access.agreement} />}
      {cursor === undefined && (
        <OwnTickets
          tickets={await loadOwnTickets(visitor.accountId)}
          locale={locale}
          words={line}
        />
      )}
      {/* Stays below the redirect: a Suspense boundary around that would send a 200 too early. */}
      <Suspense
        key={String(cursor)}
        fallback={<OwnReservationsSkeleton label={words.reservations.loading} />}
      >
        <OwnReservations
          loading={loadOwnReservations({ dinerId: visitor.accountId, cursor })}
          isFirstPage={cursor === undefined}
          locale={locale}
          words={words}
        />
      </Suspense>
    </PageFrame>
  )
}
