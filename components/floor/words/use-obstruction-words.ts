'use client'

import { fillIn } from '@/components/ui/words'
import type { Obstruction, Sitting } from '@/domain/floor/walk-in.rules'
import { useWords } from './use-words'

/** Who still sits at the table of a party that is due, and where it fits instead. */
export function useObstructionWords() {
  const { words, nameParty } = useWords()

  const describeObstruction = ({ tableNumber: number, seated }: Obstruction): string => {
    const table = fillIn(words.grid.table, { number })
    return seated
      ? fillIn(words.party.obstructedBy, { table, name: nameParty(seated) })
      : fillIn(words.party.obstructed, { table })
  }

  /** Why nobody else can sit down there, and what to do. */
  const refuseSeat = ({ tableNumber: number, seated }: Sitting): string => {
    const table = fillIn(words.grid.table, { number })
    return seated
      ? fillIn(words.walkIn.occupiedBy, { table, name: nameParty(seated) })
      : fillIn(words.walkIn.occupied, { table })
  }

  const describeInstead = ({ instead }: Obstruction): string =>
    instead.length === 0
      ? words.party.insteadNone
      : fillIn(words.party.instead, { count: instead.length, tables: instead.join(', ') })

  return { describeObstruction, describeInstead, refuseSeat }
}
