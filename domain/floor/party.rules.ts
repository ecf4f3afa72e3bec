import { refuseUntimely } from '@/domain/booking/rules'
import type { ReservationAct, ReservationStatus } from '@/domain/booking/types'
import { matchesName } from '@/lib/text/search'
import { listDigits, toPhoneKey } from '@/lib/text/typed-phone'
import type { DayParty } from './schema'

const MINUTE_MS = 60_000

const filtered: Record<PartyFilter, ReservationStatus[]> = {
  COMING: ['HELD', 'CONFIRMED'],
  SEATED: ['SEATED'],
  GONE: ['LEFT', 'NO_SHOW', 'CANCELLED', 'EXPIRED'],
  ALL: ['HELD', 'CONFIRMED', 'SEATED', 'LEFT', 'NO_SHOW', 'CANCELLED', 'EXPIRED'],
}

/** The acts the server would allow now. */
export function listOfferedActs({
  party,
  nowMs,
}: {
  party: Pick<DayParty, 'acts' | 'startsAt'>
  nowMs: number
}): ReservationAct[] {
  const startsAt = new Date(party.startsAt)
  return party.acts.filter(
    (act) => refuseUntimely({ act, by: 'OWNER', startsAt, now: new Date(nowMs) }).ok,
  )
}

const countMinutesPast = ({ at, nowMs }: { at: string; nowMs: number }) =>
  Math.max(0, Math.floor((nowMs - Date.parse(at)) / MINUTE_MS))

/** Still to come: confirmed, and not waiting at the door. */
export const isExpected = ({ status, arrivedAt }: Pick<DayParty, 'status' | 'arrivedAt'>) =>
  status === 'CONFIRMED' && arrivedAt === null

/** A hold that staff have yet to confirm. */
export const isAwaitingStaff = ({
  status,
  awaitsStaff,
}: Pick<DayParty, 'status' | 'awaitsStaff'>) => status === 'HELD' && awaitsStaff

/** Whole minutes a confirmed party is late; 0 when it is on time, here or no longer expected. */
export function countMinutesLate({
  party,
  nowMs,
}: {
  party: Pick<DayParty, 'status' | 'startsAt' | 'arrivedAt'>
  nowMs: number
}): number {
  return isExpected(party) ? countMinutesPast({ at: party.startsAt, nowMs }) : 0
}

/** The minutes an expected party has said it will be late; 0 when it said nothing. */
export function countMinutesSaid({
  party,
}: {
  party: Pick<DayParty, 'status' | 'arrivedAt' | 'lateMinutes'>
}): number {
  return isExpected(party) ? (party.lateMinutes ?? 0) : 0
}

/** For how many whole minutes a party sits; 0 when it does not. */
export function countMinutesSeated({
  party,
  nowMs,
}: {
  party: Pick<DayParty, 'status' | 'seatedAt'>
  nowMs: number
}): number {
  if (party.status !== 'SEATED' || party.seatedAt === null) return 0
  return countMinutesPast({ at: party.seatedAt, nowMs })
}

/** Whole minutes a seated party sits past the end of its time. */
export function countMinutesOver({
  party,
  nowMs,
}: {
  party: Pick<DayParty, 'status' | 'endsAt'>
  nowMs: number
}): number {
  return party.status === 'SEATED' ? countMinutesPast({ at: party.endsAt, nowMs }) : 0
}

/** A few minutes are the traffic; from then on staff look at the door, and at last at the phone. */
const LATE_MINUTES = 5
const VERY_LATE_MINUTES = 15

export type Lateness = 'ON_TIME' | 'LATE' | 'VERY_LATE'

/** How an expected party looks by its lateness; what it has said in advance is not late yet. */
export function judgeLateness({
  party,
  nowMs,
}: {
  party: Pick<DayParty, 'status' | 'startsAt' | 'arrivedAt' | 'lateMinutes'>
  nowMs: number
}): Lateness {
  const minutes = countMinutesLate({ party, nowMs }) - countMinutesSaid({ party })
  if (minutes < LATE_MINUTES) return 'ON_TIME'
  return minutes < VERY_LATE_MINUTES ? 'LATE' : 'VERY_LATE'
}

/**
 * What a party can't eat, in one line: as it was said with the reservation, and as the guest book keeps it
 * with the guest's consent. Null: nothing is known.
 */
export function tellAllergies({
  allergies,
  entry,
}: Pick<DayParty, 'allergies' | 'entry'>): string | null {
  const said = [allergies, entry?.allergies].filter((text) => text !== null && text !== undefined)
  return said.length === 0 ? null : [...new Set(said)].join(', ')
}

/** Two digits tell the parties of a day apart. */
const FEWEST_DIGITS = 2

/** Matches part of the name or of a tag, also while it is typed, or the end of the phone number. */
export function matchesParty({
  party,
  search,
}: {
  party: Pick<DayParty, 'name' | 'phone' | 'entry'>
  search: string
}): boolean {
  const names = [party.name ?? '', ...(party.entry?.tags ?? []).map(({ name }) => name)]
  if (names.some((name) => matchesName({ name, keyword: search }))) return true
  const phone = toPhoneKey(party.phone ?? '') ?? ''
  return listDigits({ typed: search, fewest: FEWEST_DIGITS }).some((end) => phone.endsWith(end))
}

const byStart = (a: DayParty, b: DayParty) => a.startsAt.localeCompare(b.startsAt)
const orders: Record<PartyFilter, (a: DayParty, b: DayParty) => number> = {
  COMING: byStart,
  /** The next table to become free comes first. */
  SEATED: (a, b) => a.endsAt.localeCompare(b.endsAt) || byStart(a, b),
  /** The latest party comes first, because staff correct a mistake soon after making it. */
  GONE: (a, b) => byStart(b, a),
  ALL: byStart,
}

/** A search covers all parties, so that no filter can hide the party staff look for. */
export function listParties({
  parties,
  filter,
  search,
}: {
  parties: DayParty[]
  filter: PartyFilter
  search: string
}): DayParty[] {
  if (search.trim() !== '')
    return parties.filter((party) => matchesParty({ party, search })).toSorted(byStart)
  return parties.filter((party) => filtered[filter].includes(party.status)).toSorted(orders[filter])
}

function countHeads(parties: DayParty[]): Headcount {
  const guests = parties.reduce((sum, party) => sum + party.partySize, 0)
  return { parties: parties.length, guests }
}

export function countDay(parties: DayParty[]): DayCounts {
  const among = (...statuses: ReservationStatus[]) =>
    parties.filter((party) => statuses.includes(party.status))
  return {
    booked: countHeads(
      among('CONFIRMED', 'SEATED', 'LEFT', 'NO_SHOW').filter((party) => !party.walkIn),
    ),
    seated: countHeads(among('SEATED', 'LEFT')),
    noShow: countHeads(among('NO_SHOW')),
  }
}

/** How many parties each filter shows. */
export function countFilter({
  parties,
  filter,
}: {
  parties: DayParty[]
  filter: PartyFilter
}): number {
  return parties.filter((party) => filtered[filter].includes(party.status)).length
}

export const partyFilters = ['COMING', 'SEATED', 'GONE', 'ALL'] as const
export type PartyFilter = (typeof partyFilters)[number]

export type Headcount = { parties: number; guests: number }
export type DayCounts = {
  /** Booked and not cancelled: still to come, seated, or a no-show. Without walk-ins. */
  booked: Headcount
  /** Parties that sat down today, walk-ins included. */
  seated: Headcount
  noShow: Headcount
}
