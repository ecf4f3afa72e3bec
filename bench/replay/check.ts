import { createHash } from 'node:crypto'
import type { Cohort } from '@/domain/opening/cohort.rules'
import type { EntryFacts } from '@/domain/opening/lot.rules'
import type { Opening } from '@/domain/opening/schema'
import { readReceiptOf, type Told } from './answers'
import type { Asked, Ending } from './history'
import { completeOrder, computeTurnMs } from './turn'

/** What the stores contain at the end. */
export interface Truth {
  opening: Pick<
    Opening,
    'orderBy' | 'orderSeed' | 'drawnAt' | 'rates' | 'waiting' | 'entriesHash' | 'opensAt' | 'late'
  >
  /** `accountId` null: the account was deleted. */
  entries: (EntryFacts & { accountId: string | null })[]
  cohorts: Cohort[]
  /** Active ones: those that hold a slot. */
  reservations: { id: string; accountId: string; slotIds: string[]; createdMs: number }[]
  /** The public log of turns: the first of each entry. */
  turns: { entryId: string; givenMs: number }[]
  seats: number
}

export interface Course {
  /** By their place in the crowd. */
  diners: { accountId: string; email: string }[]
  asked: Asked[]
  endings: ({ ending: Ending; atMs: number } | null)[]
  /** As the mail server received them. */
  mails: { recipient: string; messageId: string }[]
  truth: Truth
}

export type FindingKind =
  | ('error' | 'no-ending')
  | ('slot-twice' | 'diner-twice' | 'booked-without-row' | 'row-without-booked' | 'two-answers')
  | ('turn-early' | 'turn-refused' | 'turn-uneven' | 'booked-early' | 'booked-without-turn')
  | ('turn-unlogged' | 'logged-early')
  | ('sold-out-early' | 'late-in-front')
  | ('place-lost' | 'place-changed' | 'entries-hash')
  | ('notice-lost' | 'notice-doubled' | 'notice-of-nothing')
  | 'unsold'

export interface Finding {
  kind: FindingKind
  detail: string
}

const find = (kind: FindingKind, detail: string): Finding => ({ kind, detail })

/**
 * How long after its instant a process may still refuse a turn as early: its estimate of the
 * database's clock is never ahead, and behind by the travel time of one answer.
 */
const LATEST_MS = 2_000

/** Checks a history against its rows; empty: everything held. */
export function checkCourse(course: Course): Finding[] {
  return [
    ...findErrors(course),
    ...findDoubleBookings(course),
    ...findUnbackedAnswers(course),
    ...findLostPlaces(course),
    ...findOrderViolations(course),
    ...findNoticeFaults(course),
    ...findUnsold(course),
  ]
}

/**
 * Any 5xx but 503 with Retry-After, a 429 without, an answer that never came, a diner left waiting.
 */
function findErrors({ asked, endings }: Course): Finding[] {
  const errors = asked.filter(({ status, isCut, hasRetryAfter }) => {
    if (status === 0) return !isCut
    if (status === 503 || status === 429) return !hasRetryAfter
    return status >= 500
  })
  const unended = endings.flatMap((ending, diner) =>
    ending === null || ending.ending.startsWith('refused')
      ? [find('no-ending', `diner ${diner}: ${ending?.ending ?? 'still waits'}`)]
      : [],
  )
  return [...errors.map((one) => find('error', tell(one))), ...unended]
}

function findDoubleBookings({ truth: { reservations } }: Course): Finding[] {
  const slots = reservations.flatMap(({ slotIds }) => slotIds)
  const people = reservations.map(({ accountId }) => accountId)
  return [
    ...listRepeated(slots).map((id) => find('slot-twice', id)),
    ...listRepeated(people).map((id) => find('diner-twice', id)),
  ]
}

/** Every 201 has its row, every row its 201 or a lost reply, and one key one answer. */
function findUnbackedAnswers({ diners, asked, truth: { reservations } }: Course): Finding[] {
  const found: Finding[] = []
  const rows = new Map(reservations.map((row) => [row.id, row]))
  const heard = new Set<string>()
  const byKey = new Map<string, string>()
  const lost = new Set<string>()
  for (const one of asked) {
    const accountId = diners[one.diner]?.accountId ?? ''
    if (one.act !== 'book') continue
    if (one.status === 0 || one.status === 503) lost.add(accountId)
    if (one.status !== 201) continue
    heard.add(one.said)
    if (rows.get(one.said)?.accountId !== accountId)
      found.push(find('booked-without-row', tell(one)))
    const first = byKey.get(`${accountId} ${one.key}`) ?? one.said
    byKey.set(`${accountId} ${one.key}`, first)
    if (first !== one.said) found.push(find('two-answers', tell(one)))
  }
  for (const { id, accountId } of reservations) {
    if (!heard.has(id) && !lost.has(accountId)) found.push(find('row-without-booked', id))
  }
  return found
}

/**
 * Each receipt's entry is in the list, the same after coming back, and the list is the published
 * one.
 */
function findLostPlaces({ diners, asked, truth }: Course): Finding[] {
  const found: Finding[] = []
  const rows = new Map(truth.entries.map((row) => [row.entryId, row]))
  const first = new Map<number, string>()
  for (const one of asked) {
    const receipt = readReceiptOf(one)
    if (!receipt) continue
    const row = rows.get(receipt.e)
    const { accountId } = diners[one.diner] ?? {}
    const isSame =
      row?.inLobby === receipt.l && row.number === receipt.n && row.accountId === accountId
    if (!isSame || row.cohort !== receipt.c) found.push(find('place-lost', tell(one)))
    const before = first.get(one.diner) ?? one.said
    first.set(one.diner, before)
    if (before !== one.said) found.push(find('place-changed', tell(one)))
  }
  return [...found, ...findOtherHashes(truth)]
}

/** The lobby and each drawn cohort are those whose number and hash were published. */
function findOtherHashes({ opening, entries, cohorts }: Truth): Finding[] {
  const { waiting: entryCount, entriesHash } = opening
  const lobby = { cohort: null, entryCount, entriesHash }
  return [lobby, ...cohorts].flatMap(({ cohort, ...published }) => {
    const ids = entries
      .filter((entry) => (cohort === null ? entry.inLobby : entry.cohort === cohort))
      .map(({ entryId }) => entryId)
    const hash = createHash('sha256').update(ids.sort().join('')).digest('hex')
    if (hash === published.entriesHash && ids.length === published.entryCount) return []
    return find('entries-hash', `${ids.length} in the list, ${published.entryCount} published`)
  })
}

/** G14: by the database's clock no turn early, none withheld, no latecomer before the lobby. */
function findOrderViolations({ diners, asked, endings, truth }: Course): Finding[] {
  const found: Finding[] = []
  const { entries, reservations } = truth
  const drawn = completeOrder(truth)
  const turns = new Map(
    entries.map((entry) => [entry.accountId, computeTurnMs({ drawn, place: entry })]),
  )
  const turnOf = (accountId: string | undefined) =>
    turns.get(accountId ?? null) ?? Number.POSITIVE_INFINITY
  const taken = new Map<string, number>()
  for (const one of asked) {
    if (one.act !== 'turn') continue
    const accountId = diners[one.diner]?.accountId ?? ''
    const detail = tell(one)
    const turnMs = turnOf(accountId)
    if (one.status === 201) {
      if (one.endMs < turnMs) found.push(find('turn-early', detail))
      taken.set(accountId, Math.min(taken.get(accountId) ?? one.startMs, one.startMs))
    } else if (one.reason === 'not-your-turn') {
      if (one.startMs > turnMs + LATEST_MS) found.push(find('turn-refused', detail))
      // The server tells each phone to wait as long as the formula says.
      if (one.said && Date.parse(one.said) !== turnMs) found.push(find('turn-uneven', detail))
    }
  }
  for (const { id, accountId, createdMs } of reservations) {
    if (createdMs < turnOf(accountId)) found.push(find('booked-early', id))
    if (!(Number(taken.get(accountId)) <= createdMs + 1))
      found.push(find('booked-without-turn', id))
  }
  found.push(...findLogFaults({ diners, asked, truth }))
  return [...found, ...findLateInFront(truth), ...findSoldOutEarly({ endings, truth })]
}

/** Every turn that was given is in the public log, and none is there before it came. */
function findLogFaults({
  diners,
  asked,
  truth: { turns, ...truth },
}: Pick<Course, 'diners' | 'asked' | 'truth'>): Finding[] {
  const { entries } = truth
  const drawn = completeOrder(truth)
  const logged = new Map(turns.map((turn) => [turn.entryId, turn.givenMs]))
  const entryOf = new Map(entries.map((entry) => [entry.accountId, entry.entryId]))
  const unlogged = asked.filter(({ act, status, diner }) => {
    const entryId = entryOf.get(diners[diner]?.accountId ?? null) ?? ''
    return act === 'turn' && status === 201 && !logged.has(entryId)
  })
  const early = entries.filter((entry) => {
    const turnMs = computeTurnMs({ drawn, place: entry })
    return Number(logged.get(entry.entryId)) < Number(turnMs)
  })
  return [
    ...unlogged.map((one) => find('turn-unlogged', tell(one))),
    ...early.map(({ entryId }) => find('logged-early', entryId)),
  ]
}

/** Latecomers come behind the whole lobby, each cohort behind the one before, no number twice. */
function findLateInFront(truth: Truth): Finding[] {
  const { entries, opening } = truth
  const drawn = completeOrder(truth)
  const ordered = entries
    .flatMap((entry) => {
      const turnMs = computeTurnMs({ drawn, place: entry })
      const behind = entry.inLobby ? 0 : (entry.cohort ?? Number.MAX_SAFE_INTEGER)
      return turnMs === null ? [] : { entry, turnMs, behind }
    })
    .toSorted((one, other) => one.behind - other.behind)
  const numbers = ordered.map(({ entry }) => entry.number).filter((number) => number !== null)
  const twice = new Set(listRepeated(numbers.map(String)))
  let [behind, latestMs, beforeMs] = [0, 0, 0]
  const isDrawn = opening.orderBy === 'DRAW'
  return ordered.flatMap((each) => {
    if (each.behind > behind) [behind, beforeMs] = [each.behind, latestMs]
    latestMs = Math.max(latestMs, each.turnMs)
    const isInFront = isDrawn && each.turnMs < beforeMs
    const isTwice = !each.entry.inLobby && twice.has(String(each.entry.number))
    return isInFront || isTwice ? find('late-in-front', each.entry.entryId) : []
  })
}

/** No diner is told "sold out" while a seat is still to be sold. */
function findSoldOutEarly({ endings, truth }: Pick<Course, 'endings' | 'truth'>): Finding[] {
  const lastMs = Math.max(0, ...truth.reservations.map(({ createdMs }) => createdMs))
  return endings.flatMap((ending, diner) =>
    ending?.ending === 'sold-out' && ending.atMs < lastMs
      ? [
          {
            kind: 'sold-out-early',
            detail: `diner ${diner}, ${Math.round(lastMs - ending.atMs)} ms`,
          },
        ]
      : [],
  )
}

/** One notice per booking at the mail server; equal Message-IDs are one (G17). */
function findNoticeFaults({ diners, mails, truth }: Course): Finding[] {
  const byRecipient = new Map<string, Set<string>>()
  for (const { recipient, messageId } of mails) {
    const ids = byRecipient.get(recipient) ?? new Set()
    byRecipient.set(recipient, ids.add(messageId))
  }
  const emails = new Map(diners.map(({ accountId, email }) => [accountId, email]))
  const found: Finding[] = []
  for (const { id, accountId } of truth.reservations) {
    const email = emails.get(accountId) ?? ''
    const count = byRecipient.get(email)?.size ?? 0
    if (count === 0) found.push(find('notice-lost', id))
    if (count > 1) found.push(find('notice-doubled', `${id}: ${count}`))
    byRecipient.delete(email)
  }
  for (const recipient of byRecipient.keys()) found.push(find('notice-of-nothing', recipient))
  return found
}

function findUnsold({ truth: { reservations, seats } }: Course): Finding[] {
  const sold = reservations.reduce((sum, { slotIds }) => sum + slotIds.length, 0)
  return sold === seats ? [] : [find('unsold', `${sold} of ${seats} seats sold`)]
}

function listRepeated(values: string[]): string[] {
  const seen = new Set<string>()
  const repeated = new Set<string>()
  for (const value of values) {
    if (seen.has(value)) repeated.add(value)
    seen.add(value)
  }
  return [...repeated]
}

function tell({ diner, act, status, reason, startMs, endMs }: Told): string {
  const took = Math.round(endMs - startMs)
  return `diner ${diner}, ${act} at ${new Date(startMs).toISOString()}: ${status} ${reason} after ${took} ms`
}
