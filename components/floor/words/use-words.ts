'use client'

import { fillIn } from '@/components/ui/words'
import type { ReservationAct } from '@/domain/booking/types'
import {
  countMinutesLate,
  countMinutesOver,
  countMinutesSaid,
  isAwaitingStaff,
} from '@/domain/floor/party.rules'
import type { DayParty } from '@/domain/floor/schema'
import { nameLength } from './name-length'
import { useTimes } from './use-times'
import { useBoardWords } from './words-provider'

/** The board in words, in the page's language. */
export function useWords() {
  const { owner: words } = useBoardWords()
  const times = useTimes()

  const nameParty = (party: Pick<DayParty, 'name' | 'walkIn'>): string => {
    if (party.walkIn) return words.party.walkIn
    return party.name ? fillIn(words.party.name, { name: party.name }) : words.party.nameless
  }

  /** Short, for a cell: a walk-in has no name and is called by the staff's note. */
  const nameOnBoard = (party: DayParty): string =>
    (party.walkIn ? party.staffNote?.split('\n')[0] : party.name) ?? nameParty(party)

  const sizeParty = (party: Pick<DayParty, 'partySize'>) =>
    fillIn(words.party.size, { count: party.partySize })

  const nameMinutes = (minutes: number) => nameLength({ minutes, words: words.length })

  /** A walk-in was never booked, so there is no booking to cancel. */
  const nameAct = ({ act, isWalkIn }: { act: ReservationAct; isWalkIn: boolean }): string =>
    words.acts[isWalkIn && act === 'CANCEL' ? 'REMOVE_WALK_IN' : act]

  /** The party's status, how late it is or said it would be, how long it sits past its time. */
  const describeStatus = ({ party, nowMs }: { party: DayParty; nowMs: number }): string => {
    if (party.status === 'CONFIRMED' && party.arrivedAt !== null) return words.party.arrived
    if (isAwaitingStaff(party)) return words.party.awaitsStaff
    // Nobody cancelled anything: it was never booked.
    if (party.status === 'CANCELLED' && party.walkIn) return words.party.removed
    const late = countMinutesLate({ party, nowMs })
    const said = countMinutesSaid({ party })
    const over = countMinutesOver({ party, nowMs })
    if (over > 0) return fillIn(words.party.over, { minutes: over })
    const status =
      late > 0 ? fillIn(words.party.late, { minutes: late }) : words.status[party.status]
    return said > 0 ? `${status} · ${fillIn(words.party.saidLate, { minutes: said })}` : status
  }

  return {
    words,
    ...times,
    nameParty,
    nameOnBoard,
    sizeParty,
    nameMinutes,
    nameAct,
    describeStatus,
  }
}
