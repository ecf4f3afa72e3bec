'use client'

import { useBlockWords } from '@/components/floor/words/use-block-words'
import { useWords } from '@/components/floor/words/use-words'
import { fillIn } from '@/components/ui/words'
import { countMinutesOver, countMinutesSeated, isExpected } from '@/domain/floor/party.rules'
import type { PictureTable } from '@/domain/floor/picture.rules'

type Asked = { shown: PictureTable; nowMs: number }

/** A table of the picture in words: those of its cell on the grid, and for how long its party sits. */
export function usePictureWords() {
  const { words, nameParty, formatTime, nameTime, sizeParty } = useWords()
  const { describeBriefly, describeBlock } = useBlockWords()

  /** Null: nobody sits there, or past their time, which says more. */
  const tellSeated = ({ shown, nowMs }: Asked): string | null => {
    const party = shown.block?.party
    if (party?.status !== 'SEATED' || countMinutesOver({ party, nowMs }) > 0) return null
    const minutes = countMinutesSeated({ party, nowMs })
    return minutes < 1 ? words.picture.seatedNow : fillIn(words.picture.seated, { minutes })
  }

  const tellState = ({ shown, nowMs }: Asked): string => {
    const { block } = shown
    if (!block) return words.picture.none
    const { party, kind } = block
    if (!party) return words.grid[kind === 'GONE' ? 'OVER' : kind]
    if (kind === 'KEPT') return words.grid.stillHere
    const size = fillIn(words.grid.size, { count: party.partySize })
    const seated = tellSeated({ shown, nowMs })
    if (seated) return `${size} · ${seated}`
    const isAhead = isExpected(party) && Date.parse(block.startsAt) > nowMs && !party.lateMinutes
    return isAhead ? `${nameTime(block.startsAt)} · ${size}` : describeBriefly({ party, nowMs })
  }

  /** Who has the table after the free time, or when that begins, or how many can sit. */
  const tellNext = ({ table: { minParty: min, maxParty: max }, block, next }: PictureTable) => {
    if (next) return fillIn(words.picture.next, { time: formatTime(next.startsAt) })
    if (block?.kind === 'BLOCKED') return ''
    return min === max
      ? fillIn(words.grid.seatsExactly, { max })
      : fillIn(words.grid.seats, { min, max })
  }

  const describeTable = ({ shown, nowMs, area }: Asked & { area: string | null }): string => {
    const { table, block, next } = shown
    const name = fillIn(words.grid.table, { number: table.number })
    const told = block ? describeBlock({ block, nowMs }) : `${name} ${words.picture.none}`
    const party = next?.party
    const after =
      party &&
      fillIn(words.picture.nextParty, {
        time: nameTime(next.startsAt),
        name: nameParty(party),
        size: sizeParty(party),
      })
    return [area, told, tellSeated({ shown, nowMs }), after].filter(Boolean).join(', ')
  }

  return { tellState, tellNext, describeTable }
}
