'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import type { LiveBoard } from '@/components/availability/use-board'
import { type Choice, writeChoice } from '@/components/availability/use-choice'
import { goToSignIn } from '@/components/identity/errand'
import { useVisitor } from '@/components/identity/visitor'
import { Dialog } from '@/components/ui/dialog'
import { LiveArea } from '@/components/ui/status-message'
import { fillIn } from '@/components/ui/words'
import type { Board } from '@/domain/availability/board.schema'
import { canBeBooked, offerTimes, suggestTimes } from '@/domain/availability/offer.rules'
import { type Locale, localisePath } from '@/lib/i18n/locale'
import { nameMoment, nameServiceDay, nameTime, nameTimeOn } from '@/lib/i18n/moment'
import { BookingForm, listFields, useWritten } from './booking-form'
import { Booked, BookingRefused, OutcomeUnknown, type SheetWords } from './booking-outcome'
import { BookingProgress } from './booking-progress'
import { type BookingState, type Refused, useBooking } from './use-booking'
import { useObstacle } from './use-obstacle'
import { useSoftHold } from './use-soft-hold'

type Sheet = {
  restaurant: { id: string }
  live: LiveBoard
  choice: Choice
  /** Null closes the sheet. */
  onChoose: (startsAt: string | null) => void
  /** The slot kept from other diners while the sheet is open. */
  onHold: (slotId: string) => void
  /** Behind a gate: the right to book, and callbacks for an expired turn and for a booking. */
  gate?: { turn: string | null; onTurnOver: () => void; onBooked: (reservationId: string) => void }
  locale: Locale
  words: SheetWords
}

/** One tap on a time opens the sheet, one tap books. It follows the attempt to its end. */
export function BookingSheet(props: Sheet) {
  const { board, state } = props.live
  const { startsAt } = props.choice
  // The choice may come from the address, and the page's own board may be a day old.
  if (!board || !startsAt || state === 'first') return null
  return <OpenSheet {...props} board={board} startsAt={startsAt} />
}

function OpenSheet({
  restaurant,
  live,
  board,
  startsAt,
  choice,
  onChoose,
  onHold,
  gate,
  locale,
  words,
}: Sheet & { board: Board; startsAt: string }) {
  const { state, book, askAgain, stop, reset } = useBooking({ turn: gate?.turn ?? null, locale })
  const written = useWritten(restaurant.id)
  const visitor = useVisitor()
  const isSignedOut = visitor === null
  const { timeZone, serviceDate } = board
  const count = choice.partySize
  const day = { now: live.nowMs, timeZone, locale }
  const seating = { when: nameMoment({ at: startsAt, serviceDate, ...day }), count }
  const isRunning = state.phase === 'asking' || state.phase === 'waiting'
  const hasEnded = state.phase === 'booked' || state.phase === 'refused'
  // In an opening each phone asks for its booking once, and for nothing else.
  const wish = visitor && !gate ? { serviceDate, startsAt } : null
  const obstacle = useObstacle({ restaurantId: restaurant.id, wish, locale })
  const refused = nameRefusal({ state, obstacle })

  useSoftHold({
    restaurantId: restaurant.id,
    wish: visitor && !hasEnded && !obstacle ? { serviceDate, startsAt, partySize: count } : null,
    turn: gate?.turn ?? null,
    onHold,
  })
  useOutcome({
    state,
    locale,
    askNow: live.askNow,
    forget: written.forget,
    onBooked: gate?.onBooked,
  })

  const close = () => {
    reset()
    onChoose(null)
  }
  const signIn = () => leaveToSignIn({ restaurantId: restaurant.id, choice, locale })
  const submit = () => {
    if (isSignedOut) return signIn()
    const wish = { restaurantId: restaurant.id, serviceDate, startsAt, partySize: count }
    void book({ ...wish, ...written.read() })
  }
  return (
    <Dialog
      isOpen
      onClose={close}
      canClose={!isRunning}
      title={fillIn(words.title, seating)}
      closeLabel={words.close}
    >
      <LiveArea className="empty:hidden">
        <BookingProgress state={state} words={words} />
        {state.phase === 'booked' && (
          <Booked
            placed={state.placed}
            seating={seating}
            timeZone={timeZone}
            locale={locale}
            words={words}
          />
        )}
        {refused && (
          <BookingRefused
            refused={refused}
            timeZone={timeZone}
            day={nameServiceDay({ date: serviceDate, ...day })}
            asOf={nameTime({ at: live.asOfMs, toSecond: true, ...day })}
            {...listAlternatives({ board, partySize: count, startsAt, locale })}
            onChoose={(at) => {
              reset()
              onChoose(at)
            }}
            onAgain={() => void askAgain()}
            onSignIn={signIn}
            onTurnAgain={
              gate &&
              (() => {
                gate.onTurnOver()
                reset()
              })
            }
            onClose={close}
            locale={locale}
            words={words}
          />
        )}
        {state.phase === 'unknown' && (
          <OutcomeUnknown onAgain={() => void askAgain()} locale={locale} words={words} />
        )}
      </LiveArea>
      {!hasEnded && !refused && state.phase !== 'unknown' && (
        <BookingForm
          phase={state.phase}
          written={written}
          isSignedOut={isSignedOut}
          onSubmit={submit}
          onStop={stop}
          words={words}
        />
      )}
    </Dialog>
  )
}

/** What the service has said, or would say. */
function nameRefusal({ state, obstacle }: { state: BookingState; obstacle: Refused | null }) {
  if (state.phase === 'refused') return state.refused
  return state.phase === 'idle' ? obstacle : null
}

/** The free times of the same day for this party. */
function listAlternatives({
  board: { times, timeZone, serviceDate },
  partySize,
  startsAt,
  locale,
}: {
  board: Board
  partySize: number
  startsAt: string
  locale: Locale
}) {
  const free = suggestTimes({ times, partySize, instead: startsAt })
  return {
    freeTimes: free.map((at) => ({
      startsAt: at,
      time: nameTimeOn({ at, date: serviceDate, timeZone, locale }),
    })),
    isDayFull: offerTimes({ times, partySize }).every(
      (offer) => offer.startsAt === startsAt || !(canBeBooked(offer) || offer.state === 'held'),
    ),
  }
}

/** Acts on an outcome: refreshes the board and moves on to the next page. */
function useOutcome({
  state,
  locale,
  askNow,
  forget,
  onBooked,
}: {
  state: BookingState
  locale: Locale
  askNow: () => void
  /** Clears the kept texts, which the restaurant now has. */
  forget: () => void
  onBooked: ((reservationId: string) => void) | undefined
}) {
  const router = useRouter()
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each outcome
  useEffect(() => {
    if (state.phase === 'booked' || state.phase === 'refused') askNow()
    if (state.phase !== 'booked') return
    forget()
    const { id, holdExpiresAt } = state.placed
    onBooked?.(id)
    // A hold has to be confirmed before it expires.
    if (holdExpiresAt) router.push(localisePath({ path: `/reservations/${id}`, locale }))
  }, [state])
}

/** Signing in returns to exactly this choice, and to what was typed. */
function leaveToSignIn({
  restaurantId,
  choice,
  locale,
}: {
  restaurantId: string
  choice: Choice
  locale: Locale
}) {
  const returnPath = window.location.pathname + writeChoice(choice)
  goToSignIn({ returnPath, fields: listFields(restaurantId), locale })
}
