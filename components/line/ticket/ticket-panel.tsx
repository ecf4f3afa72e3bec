'use client'

import { lazy, Suspense } from 'react'
import { BookingProgress } from '@/components/booking/booking-progress'
import { nameRestaurant } from '@/components/restaurant/restaurant-words'
import { PageLink } from '@/components/ui/page-link'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { fillIn } from '@/components/ui/words'
import { isActive } from '@/domain/line/rules'
import type { LineSnapshot, TicketView } from '@/domain/line/schema'
import type { TicketStatus } from '@/domain/line/types'
import type { Locale } from '@/lib/i18n/locale'
import { TicketActions } from './ticket-actions'
import { TicketAsOf } from './ticket-as-of'
import { TicketEnd } from './ticket-end'
import { TicketFacts } from './ticket-facts'
import { TicketMark } from './ticket-mark'
import { TicketPlace } from './ticket-place'
import { TicketTurn } from './ticket-turn'
import { UndoCancel } from './undo-cancel'
import { useCallAttention } from './use-call-attention'
import { useTicket } from './use-ticket'
import { useTicketActs } from './use-ticket-acts'
import type { TicketWords } from './words'

/** Few ask for it, and then once. */
const ForgetContact = lazy(async () => ({
  default: (await import('./forget-contact')).ForgetContact,
}))
const EndConsent = lazy(async () => ({ default: (await import('./end-consent')).EndConsent }))

/** The party's own place in a line: its status, the next step, and the acts it has. */
export function TicketPanel({
  initial,
  initialLine,
  address,
  isLinked,
  locale,
  words,
}: {
  initial: TicketView
  initialLine: LineSnapshot | null
  /** The last part of the page's address: the ticket's id, or the token of its link. */
  address: string
  /** The viewer has the link and no account. */
  isLinked: boolean
  locale: Locale
  words: TicketWords
}) {
  const ticket = useTicket({ initial, initialLine, address, locale })
  const { own, live, status, place, look } = ticket
  const acts = useTicketActs({
    address,
    locale,
    onChanged: async () => {
      await look()
      live.askNow()
    },
  })
  const shown = { ...own, status, place }
  const told = { ticket: shown, live, locale, words }
  const name = nameRestaurant({ restaurant: own.restaurant, locale })
  const isOver = !isActive(status)
  useCallAttention({ status, title: words.ticket.called })
  return (
    <>
      <header className="flex flex-col gap-2">
        {!isLinked && (
          <PageLink
            href="/reservations"
            locale={locale}
            className="-my-2 inline-flex min-h-12 items-center text-15 text-quiet underline-offset-4 hover:underline print:hidden"
          >
            ← {words.ticket.back}
          </PageLink>
        )}
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <h1 className="text-28 leading-tight font-bold" lang={name.lang}>
            {name.text}
          </h1>
          <TicketMark status={status} words={words.ticket.status} />
        </div>
      </header>
      <LiveArea className="sr-only">{speak(shown, words)}</LiveArea>
      <section className="flex flex-col gap-5 rounded-card border border-line bg-raised p-5">
        {isWaiting(status) && <TicketPlace {...told} isLinked={isLinked} />}
        {isOver && <TicketEnd {...told} />}
        {!isOver && !isWaiting(status) && (
          <TicketTurn ticket={shown} locale={locale} words={words} />
        )}
        {!isOver && <TicketAsOf {...told} />}
      </section>
      <LiveArea className="flex flex-col gap-3 empty:hidden">
        <BookingProgress
          state={acts.state}
          words={{ ...words.ticket, offline: words.ticket.offlineAct }}
        />
        <ActNews news={acts.news} ticket={shown} words={words.ticket} />
      </LiveArea>
      {acts.undoable && isOver && (
        <UndoCancel
          untilMs={acts.undoable.untilMs}
          isRunning={acts.isRunning}
          onUndo={acts.undo}
          onOver={acts.forgetUndo}
          words={words.ticket}
        />
      )}
      <TicketActions {...told} acts={acts} />
      <TicketFacts ticket={shown} locale={locale} words={words.ticket} />
      {isLinked && (own.hasContact || own.contactForgottenAt !== null) && (
        <Suspense fallback={null}>
          <ForgetContact ticket={shown} acts={acts} words={words.ticket} />
        </Suspense>
      )}
      {isLinked && own.isRemembered && (
        <Suspense fallback={null}>
          <EndConsent restaurant={name.text} acts={acts} words={words.ticket} />
        </Suspense>
      )}
      {isLinked && !isOver && (
        <p className="text-15 text-quiet print:hidden">{words.ticket.linkHint}</p>
      )}
    </>
  )
}

const isWaiting = (status: TicketStatus) => status === 'WAITING' || status === 'POSTPONED'

/** The text that screen readers hear, only when it changes. */
function speak({ status, number, place }: TicketView, { ticket: words }: TicketWords): string {
  if (place === null) return words.status[status]
  if (status === 'CALLED' || status === 'LAST_CALLED')
    return `${words.status[status]}. ${fillIn(words.calledText, { number })}`
  return fillIn(words.spoken, { number, place })
}

function ActNews({
  news,
  ticket: { status, place },
  words,
}: {
  news: ReturnType<typeof useTicketActs>['news']
  ticket: TicketView
  words: TicketWords['ticket']
}) {
  if (!news) return null
  if (news.kind === 'undone') return <StatusMessage tone="confirmed" title={words.undone} />
  if (news.kind === 'unremembered')
    return <StatusMessage tone="confirmed" title={words.consentEnded} />
  if (news.kind === 'unknown') return <StatusMessage tone="waiting" title={words.unknown} />
  if (news.kind === 'postponed')
    return place === null ? null : (
      <StatusMessage tone="confirmed" title={fillIn(words.postponed, { place })} />
    )
  // A finished ticket cannot be refused any more; its end is shown above.
  return isActive(status) ? (
    <StatusMessage tone="refusal" title={news.title ?? words.failed} />
  ) : null
}
