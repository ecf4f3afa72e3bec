export const partyFilters = ['COMING', 'SEATED', 'GONE', 'ALL'] as const
export type PartyFilter = (typeof partyFilters)[number]

export type Headcount = { parties: number; guests: number }
export type DayCounts = {
  /** Booked and not given up: still to come, came, or stayed away. Without walk-ins. */
  booked: Headcount
  /** Sat down today, walk-ins among them. */
  seated: Headcount
  noShow: Headcount
}
