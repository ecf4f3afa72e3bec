import { listRestaurants } from '@/domain/restaurant/search.queries'
import type { Translations } from '@/domain/restaurant/search.rules'
import type { RestaurantListQuery, RestaurantPage } from '@/domain/restaurant/types'
import { USUAL_PARTY } from '@/domain/restaurant/types'
import { readBoard } from './board.queries'
import type { Board } from './board.schema'
import { listFreeTonight, readTonight } from './tonight.queries'
import { partySize, type Tonight } from './tonight.schema'

/** Today's board of the restaurant, as a page renders it before its own script polls. */
export async function loadBoard(restaurantId: string): Promise<Board | null> {
  const { data } = await readBoard({ idOrSlug: restaurantId })
  return data?.board ?? null
}

/** The party size in the URL, or the default when it is invalid. */
export function readPartySize(given: string | string[] | undefined): number {
  return partySize.safeParse(given).data ?? USUAL_PARTY
}

export type ListedTonight = RestaurantPage & { tonight: Tonight }

async function tellTonight(asked: { restaurantIds: string[]; partySize: number }) {
  return (await readTonight(asked)).data
}

/** One page of a list and what is free there tonight, in at most three queries. */
export async function loadListedTonight({
  query,
  partySize,
  isFreeOnly,
  translations,
}: {
  query: RestaurantListQuery
  partySize: number
  /** Only restaurants where the party can get a table today. */
  isFreeOnly: boolean
  translations: Translations
}): Promise<ListedTonight> {
  const among = isFreeOnly ? (await listFreeTonight({ partySize })).free : undefined
  const page = await listRestaurants({ ...query, among, translations })
  const restaurantIds = page.items.map(({ id }) => id)
  return { ...page, tonight: await tellTonight({ restaurantIds, partySize }) }
}

const MOST_OPENING = 3
const MOST_FREE = 9
const MOST_OTHERS = 12

/** The landing page: restaurants with bookings about to open, those with free tables, and others. */
export async function loadLanding() {
  const partySize = USUAL_PARTY
  const today = await listFreeTonight({ partySize })
  const opens = today.opening.slice(0, MOST_OPENING)
  const ids = {
    opening: opens,
    free: today.free.filter((id) => !opens.includes(id)).slice(0, MOST_FREE),
  }
  const limit = MOST_OPENING + MOST_FREE + MOST_OTHERS
  const [opening, free, all] = await Promise.all([
    listRestaurants({ among: ids.opening, limit: MOST_OPENING }),
    listRestaurants({ among: ids.free, limit: MOST_FREE }),
    listRestaurants({ limit }),
  ])
  const shown = new Set([...ids.opening, ...ids.free])
  const others = all.items.filter(({ id }) => !shown.has(id)).slice(0, MOST_OTHERS)
  const soonest = (id: string) => opens.indexOf(id)
  opening.items.sort((one, other) => soonest(one.id) - soonest(other.id))
  const listed = { opening: opening.items, free: free.items, others }
  const restaurantIds = Object.values(listed).flatMap((items) => items.map(({ id }) => id))
  return { ...listed, tonight: await tellTonight({ restaurantIds, partySize }) }
}
