'use client'

import { fillIn } from '@/components/ui/words'
import type { Block } from '@/domain/floor/grid.rules'
import {
  countMinutesLate,
  countMinutesOver,
  countMinutesSaid,
  tellAllergies,
} from '@/domain/floor/party.rules'
import type { DayParty } from '@/domain/floor/schema'
import { useWords } from './use-words'

/** A cell of the board in words: what is seen, and what is said of it. */
export function useBlockWords() {
  const { words, nameParty, sizeParty, describeStatus, nameTimes } = useWords()

  /** The party's status in a narrow cell: what staff act on comes first, and survives. */
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

  /** The tables of a party that has several, by number. Null: the cell's own is all it has. */
  const nameTogether = ({ kind, party }: Block): string | null => {
    if (!party || kind === 'KEPT' || party.tableNumbers.length < 2) return null
    const numbers = party.tableNumbers.toSorted((a, b) => a - b)
    return fillIn(words.grid.together, { tables: numbers.join(', ') })
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
      ...[nameTogether(block), ...(marks ?? [])].filter(Boolean),
    ]
    const what = describeKind(block) ?? told?.join(', ') ?? ''
    return fillIn(words.grid.slot, {
      table: fillIn(words.grid.table, { number: block.tableNumber }),
      ...nameTimes(block),
      what,
    })
  }

  return { describeBriefly, describeBlock, nameTogether }
}
