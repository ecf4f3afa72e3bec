'use client'

import { useEffect, useState } from 'react'
import { findOwnTurn, type OwnTurn } from '@/domain/opening/lobby.rules'
import { findLot, type OrderFacts } from '@/domain/opening/lot.rules'
import type { Opening, OpeningEntry } from '@/domain/opening/schema'

/**
 * An entry's turn, computed by this phone from the public snapshot. `unknown`: the browser has no
 * SHA-256 here (the page did not come over https), so the service has to be asked.
 */
export function useOwnTurn({
  opening,
  entry,
}: {
  opening: Opening
  entry: OpeningEntry | null
}): OwnTurn | 'unknown' | null {
  const [own, setOwn] = useState<OwnTurn | 'unknown' | null>(null)
  // The formula's only inputs; a snapshot in which just the time is newer changes nothing.
  const { orderSeed, drawnAt, waiting, orderBy, rates, late } = opening
  const facts = { orderSeed, drawnAt, waiting, orderBy, rates, late }
  const read = entry && JSON.stringify([facts, entry])
  useEffect(() => {
    let isWanted = true
    const find = async () => {
      if (read === null) return null
      const [heard, mine]: [OrderFacts, OpeningEntry] = JSON.parse(read)
      const isDrawn = findLot({ opening: heard, entry: mine })?.kind === 'drawn'
      if (isDrawn && !crypto.subtle) return 'unknown'
      const hash = (bytes: Uint8Array<ArrayBuffer>) => crypto.subtle.digest('SHA-256', bytes)
      return findOwnTurn({ opening: heard, entry: mine, hash })
    }
    void find().then((found) => isWanted && setOwn(found))
    return () => {
      isWanted = false
    }
  }, [read])
  return own
}
