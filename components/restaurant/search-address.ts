import { USUAL_PARTY } from '@/domain/restaurant/types'

/** A search; all of it is in the address. */
export type Search = {
  keyword?: string | undefined
  category?: string | undefined
  region?: string | undefined
  partySize: number
  isFreeOnly: boolean
}

/** The value of `free` that keeps only restaurants with a table today. */
export const FREE_TODAY = 'today'

/** Leaves out defaults, so that one search has one address. */
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
