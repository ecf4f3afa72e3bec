'use client'

import { fillIn } from '@/components/ui/words'
import type { ReservationAct } from '@/domain/booking/types'
import type { Block } from '@/domain/floor/grid.rules'
import {
  countMinutesLate,
  countMinutesOver,
  countMinutesSaid,
  isAwaitingStaff,
  tellAllergies,
} from '@/domain/floor/party.rules'
import type { DayParty } from '@/domain/floor/schema'
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

  /** The same for a narrow cell: what staff act on comes first, and survives. */
  const describeBriefly = ({ party, nowMs }: { party: DayParty; nowMs: number }): string => {
    // Past its time, that says more than its size.
    if (countMinutesOver({ party, nowMs }) > 0) return describeStatus({ party, nowMs })
    const size = fillIn(words.grid.size, { count: party.partySize })
    const late = countMinutesLate({ party, nowMs })
    const said = countMinutesSaid({ party })
    if (said > late) return `${fillIn(words.grid.saidLate, { minutes: said })} · ${size}`
    if (late > 0) return `${fillIn(words.party.late, { minutes: late })} · ${size}`
    return `${size} · ${describeStatus({ party, nowMs })}`
  }

  /** What a cell is where its party, if there is one, only keeps it. Null: the party has it. */
  const describeKind = ({ kind, party }: Block): string | null => {
    if (kind === 'KEPT' && party) return fillIn(words.grid.keptBy, { name: nameParty(party) })
    return party && kind !== 'KEPT' ? null : words.grid[kind === 'GONE' ? 'OVER' : kind]
  }

  const describeBlock = ({ block, nowMs }: { block: Block; nowMs: number }): string => {
    const { party } = block
    const allergies = party && tellAllergies(party)
    const marks = party && [
      allergies && fillIn(words.party.allergyMark, { allergies }),
      party.entry?.tags.map(({ name }) => name).join(', '),
      (party.note || party.staffNote) && words.party.noteMark,
    ]
    const told = party && [
      [nameParty(party), sizeParty(party), describeStatus({ party, nowMs })].join(' '),
      ...(marks ?? []).filter(Boolean),
    ]
    const what = describeKind(block) ?? told?.join(', ') ?? ''
    return fillIn(words.grid.slot, {
      table: fillIn(words.grid.table, { number: block.tableNumber }),
      ...times.nameTimes(block),
      what,
    })
  }

  return {
    words,
    ...times,
    nameParty,
    nameOnBoard,
    sizeParty,
    nameAct,
    describeStatus,
    describeBriefly,
    describeBlock,
  }
}
