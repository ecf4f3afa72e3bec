import { listFreeTonight, readTonight } from './queries'
import { partySize } from './schema'
import type { Tonight } from './types'

/** Whom the list is for when nobody has said. */
export const USUAL_PARTY = 2

/** How many an address asks for; what can't be a party is the usual one. */
export function readPartySize(given: string | string[] | undefined): number {
  return partySize.safeParse(given).data ?? USUAL_PARTY
}

export const loadFreeTonight = listFreeTonight

export async function loadTonight(asked: {
  restaurantIds: string[]
  partySize: number
}): Promise<Tonight> {
  return (await readTonight(asked)).data
}
