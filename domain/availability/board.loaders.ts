import { readBoard } from './board.queries'
import type { Board } from './board.types'

/** The board of the restaurant's today, as a page shows it before its own script asks. */
export async function loadBoard(restaurantId: string): Promise<Board | null> {
  const { data } = await readBoard({ idOrSlug: restaurantId })
  return data?.board ?? null
}
