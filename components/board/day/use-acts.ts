'use client'

import { type RefObject, useState } from 'react'
import { applyStatus } from '@/domain/board/day/change/rules'
import type { Day, DayParty } from '@/domain/board/day/types'
import { decideMove } from '@/domain/booking/rules'
import type { ReservationAct } from '@/domain/booking/types'
import type { Locale } from '@/lib/locale'
import { type Answer, postAct } from './ask-api'
import { type DoneBar, type Moved, type Subject, useBars } from './use-bars'

/** The database decides; the bar only counts down what it allows. */
const UNDO_MS = 10_000
/** Long enough for the poll that brings what this device did itself. */
const OWN_MS = 3_000

type Options = {
  day: Day
  isLive: boolean
  locale: Locale
  /** What this device is changing; see `useDay`. */
  ownIds: RefObject<Set<string>>
  changeDay: (change: (day: Day) => Day) => void
  refresh: () => void
}

function findParty({ day, id }: { day: Day; id: string | null }): DayParty | undefined {
  return day.parties.find((party) => party.reservationId === id)
}

export type WalkInWish = { slotIds: string[]; partySize: number }

/** Whether a walk-in whose answer was lost sits where it was to sit. */
function isSeatedIn({ day, wish }: { day: Day; wish: WalkInWish }): boolean {
  const slot = day.slots.find(({ slotId }) => slotId === wish.slotIds[0])
  const seated = findParty({ day, id: slot?.reservationId ?? null })
  return seated?.walkIn === true && seated.partySize === wish.partySize
}

export function keyOf({ party, work }: { party: DayParty; work: ReservationAct }): string {
  return `${party.reservationId} ${work}`
}

/** The acts that are on their way. Each is sent once; meanwhile its own button rests. */
function useSending({ locale, ownIds, refresh }: Pick<Options, 'locale' | 'ownIds' | 'refresh'>) {
  const [pending, setPending] = useState<ReadonlySet<string>>(new Set())
  function claimOwn(ids: string[]) {
    for (const id of ids) ownIds.current.add(id)
    return () =>
      void setTimeout(() => {
        for (const id of ids) ownIds.current.delete(id)
      }, OWN_MS)
  }
  /** Null: the same act is on its way already. */
  async function send(asked: {
    key: string
    own: string[]
    path: string
    body?: object
  }): Promise<Answer<Moved> | null> {
    if (pending.has(asked.key)) return null
    const release = claimOwn(asked.own)
    setPending((before) => new Set([...before, asked.key]))
    const answer = await postAct<Moved>({ ...asked, locale })
    setPending((before) => new Set([...before].filter((key) => key !== asked.key)))
    release()
    refresh()
    return answer
  }
  return { pending, send }
}

/** The acts of the staff: which are on their way, what became of the last, and how to take it back. */
export function useActs({ day, isLive, locale, ownIds, changeDay, refresh }: Options) {
  const { bars, put, putFailure, drop } = useBars({ day, isLive })
  const { pending, send } = useSending({ locale, ownIds, refresh })

  function finish({ subject, act }: { subject: Subject; act: Moved }) {
    changeDay((before) => applyStatus({ day: before, reservationId: act.id, status: act.status }))
    put({ ...subject, id: act.actId, kind: 'DONE', act, untilMs: performance.now() + UNDO_MS })
  }

  async function act(party: DayParty, work: ReservationAct): Promise<boolean> {
    const { reservationId } = party
    const key = keyOf({ party, work })
    const target = decideMove({ status: party.status, act: work, by: 'OWNER' })
    const path = `reservations/${reservationId}/${work.toLowerCase().replaceAll('_', '-')}`
    const answer = await send({ key, own: [reservationId], path })
    if (!answer) return false
    const subject = { work, party, isUndo: false }
    if (answer.kind === 'done') finish({ subject, act: answer.value })
    else
      putFailure({
        id: key,
        subject,
        failure: answer,
        isDone: (seen) =>
          target.ok && findParty({ day: seen, id: reservationId })?.status === target.value,
      })
    return answer.kind === 'done'
  }

  async function seatWalkIn(wish: WalkInWish): Promise<boolean> {
    const path = `restaurants/${day.restaurantId}/walk-ins`
    const answer = await send({ key: 'WALK_IN', own: wish.slotIds, path, body: wish })
    if (!answer) return false
    const party = { name: null, walkIn: true, partySize: wish.partySize }
    const subject: Subject = { work: 'WALK_IN', party, isUndo: false }
    if (answer.kind === 'done') finish({ subject, act: answer.value })
    else
      putFailure({
        id: 'WALK_IN',
        subject,
        failure: answer,
        isDone: (seen) => isSeatedIn({ day: seen, wish }),
      })
    return answer.kind === 'done'
  }

  async function undo({ id, work, party, act: done }: DoneBar): Promise<void> {
    const own = [done.id]
    const answer = await send({ key: id, own, path: 'undo', body: { actId: done.actId } })
    if (!answer) return
    const subject = { work, party, isUndo: true }
    if (answer.kind !== 'done') {
      const isDone = (seen: Day) => findParty({ day: seen, id: done.id })?.status !== done.status
      return putFailure({ id, subject, failure: answer, isDone })
    }
    const { id: reservationId, status } = answer.value
    changeDay((before) => applyStatus({ day: before, reservationId, status }))
    put({ ...subject, id, kind: 'SETTLED' })
  }

  return { bars, pending, act, seatWalkIn, undo, drop }
}
