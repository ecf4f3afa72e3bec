import { listPictures } from './picture.queries'

export const loadPictures = (restaurantId: string) => listPictures(restaurantId)

/** Names to choose from, `present` among them however this process spells it. */
export function loadTimeZones(present: string): string[] {
  return [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC', present])].toSorted()
}
