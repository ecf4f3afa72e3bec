import { USUAL_PARTY } from '@/domain/restaurant/types'

/** What somebody looks for; all of it stands in the address. */
export type Search = {
  keyword?: string | undefined
  category?: string | undefined
  region?: string | undefined
  partySize: number
  isFreeOnly: boolean
}

/** The value of `free` that leaves only those with a table today. */
export const FREE_TODAY = 'today'

/** Whatever is as usual is not said, so that one search has one address. */
export function listSearchFields({
  keyword,
  category,
  region,
  partySize,
  isFreeOnly,
}: Search): [string, string][] {
  const fields: [string, string | undefined][] = [
    ['keyword', keyword],
    ['category', category],
    ['region', region],
    ['party', partySize === USUAL_PARTY ? undefined : String(partySize)],
    ['free', isFreeOnly ? FREE_TODAY : undefined],
  ]
  return fields.filter((field): field is [string, string] => field[1] !== undefined)
}

export function linkToSearch(search: Search, cursor?: string): string {
  const query = new URLSearchParams(listSearchFields(search))
  if (cursor) query.set('cursor', cursor)
  return query.size > 0 ? `/restaurants?${query}` : '/restaurants'
}
