import { setTimeout as sleep } from 'node:timers/promises'
import { findBeacon } from '@/lib/beacon/beacon'
import { callPatiently } from '@/lib/db/transaction'
import { log } from '@/lib/log'
import { runUnderLease } from '@/lib/redis/lease'
import {
  type Cohort,
  countLetInAtOnce,
  findCohortEndMs,
  layCohorts,
  listDrawn,
  ROUND_AFTER_MS,
} from './cohort.rules'
import type { OpeningRate } from './schema'

/**
 * How long after its due time the draw waits for the beacon's round; then it goes on without it and
 * says so.
 */
const BEACON_PATIENCE_SECONDS = 30
const BEACON_TIMEOUT_MS = 2_000

type Unsettled = {
  id: string
  opensAt: Date
  now: Date
  isFreezeDue: boolean
  isCancelled: boolean
  drawnAt: Date | null
  waiting: number
  rates: OpeningRate[]
  beacon: string | null
  beaconRound: number | null
  cohortSeconds: number | null
  cohorts: Cohort[]
  directFrom: string | null
  undrawn: number
}

/**
 * Longer than one attempt. Checking a signature is work, and only one process should ask a relay.
 */
const ATTEMPT_LEASE_MS = 5_000

/**
 * Freezing a hundred thousand entries takes longer than a request may wait. A request waits this
 * long, then answers with what there is; a later one finds the rest.
 */
const LOOK_WAITS_MS = 1_000

/** One attempt of each kind at a time in a process; Postgres lets only one process win. */
const attempts = new Map<string, Promise<void>>()

/**
 * Closes the lobby and the cohorts of latecomers and fixes each order once, if its instant has come by the
 * database's clock: the first request to look does it, in any process. Waits at most a second for Postgres
 * and never for a beacon, whose answer a later request finds. True: something may have been written.
 */
export async function settleOpening(opening: Unsettled): Promise<boolean> {
  const { id, isCancelled, isFreezeDue, now, opensAt } = opening
  if (isCancelled || now < opensAt) return false
  const isPatienceOver = sleep(LOOK_WAITS_MS, null, { ref: false })
  if (isFreezeDue) {
    const freezing = tryAlone({ kind: 'freeze', id, work: () => freezeOpening(id) })
    await Promise.race([freezing, isPatienceOver])
  }
  const next = findNextDraw(opening)
  if (!next) return (await endDraws({ opening, isPatienceOver })) || isFreezeDue
  if (now.getTime() < next.dueMs) return isFreezeDue
  if (next.round === null) {
    const drawing = tryAlone({ kind: 'draw', id, work: () => drawOrder({ id, next, round: null }) })
    await Promise.race([drawing, isPatienceOver])
    return true
  }
  void tryAlone({ kind: 'draw', id, work: () => drawUnderLease({ opening, next }) })
  return isFreezeDue
}

/** The lobby is cohort 0. `round` null: without a beacon. */
type Draw = { cohort: number; round: number | null; dueMs: number }

/** What is to be drawn next: the lobby, then each frozen cohort. Undefined: nothing is. */
export function findNextDraw(opening: Unsettled): Draw | undefined {
  const { opensAt, drawnAt, cohorts, cohortSeconds, beaconRound, beacon } = opening
  const named = findBeacon(beacon)
  if (drawnAt === null) {
    const dueMs = cohortSeconds === null ? 0 : (named?.findRoundMs(beaconRound ?? 0) ?? 0)
    return { cohort: 0, round: beaconRound, dueMs }
  }
  const next = cohorts.find((cohort) => cohort.drawnAt === null)
  if (!next || cohortSeconds === null) return undefined
  const { cohort } = next
  if (!named) return { cohort, round: null, dueMs: 0 }
  const fromMs = findCohortEndMs({ opensAt, cohort, cohortSeconds }) + ROUND_AFTER_MS
  const round = named.roundAfter(new Date(fromMs))
  return { cohort, round, dueMs: named.findRoundMs(round) }
}

/** Ends the draws when every drawn turn has come and hardly anybody waits for another draw. */
async function endDraws({
  opening,
  isPatienceOver,
}: {
  opening: Unsettled
  isPatienceOver: Promise<unknown>
}): Promise<boolean> {
  const { id, now, drawnAt, cohortSeconds, cohorts, directFrom, rates, undrawn, waiting } = opening
  if (cohortSeconds === null || drawnAt === null || directFrom !== null) return false
  const lobby = { drawnAt: drawnAt.toISOString(), entryCount: waiting }
  const { lobbyEndMs, laid } = layCohorts({ lobby, cohorts: listDrawn(cohorts), rates })
  const last = laid.at(-1)
  const endMs = last?.turnsEndMs ?? lobbyEndMs
  const most = countLetInAtOnce({ rates, atMs: now.getTime() })
  if (endMs > now.getTime() || undrawn > most) return false
  const work = async () => {
    await callPatiently('end_draws', {
      p_opening: id,
      p_turns_end: new Date(endMs).toISOString(),
      p_last_cohort: String(last?.cohort ?? 0),
      p_rates: String(rates.length),
      p_most: String(most),
    })
  }
  await Promise.race([tryAlone({ kind: 'end', id, work }), isPatienceOver])
  return true
}

/** A failed attempt is retried by a later request. */
function tryAlone({
  kind,
  id,
  work,
}: {
  kind: 'freeze' | 'draw' | 'end'
  id: string
  work: () => Promise<void>
}): Promise<void> {
  const name = `${kind} ${id}`
  const attempt =
    attempts.get(name) ??
    work()
      .catch((error: unknown) =>
        log.warn({ openingId: id, error: String(error) }, `no ${kind} of the opening yet`),
      )
      .finally(() => attempts.delete(name))
  attempts.set(name, attempt)
  return attempt
}

/** The lease only saves work: an order is drawn once, however many processes ask for it. */
async function drawUnderLease(asked: { opening: Unsettled; next: Draw }): Promise<void> {
  const lease = { name: `draw:${asked.opening.id}`, leaseMs: ATTEMPT_LEASE_MS, waitMs: 0 }
  await runUnderLease({ ...lease, run: () => drawWithBeacon(asked) })
}

async function drawWithBeacon({
  opening: { id, beacon, opensAt, now },
  next,
}: {
  opening: Unsettled
  next: Draw
}): Promise<void> {
  const round = next.round ?? 0
  const found = await findBeacon(beacon)?.fetchRound({ round, timeoutMs: BEACON_TIMEOUT_MS })
  const dueMs = Math.max(opensAt.getTime(), next.dueMs)
  const isPatienceOver = now.getTime() - dueMs > BEACON_PATIENCE_SECONDS * 1000
  if (found || isPatienceOver) await drawOrder({ id, next, round: found ?? null })
}

async function freezeOpening(id: string): Promise<void> {
  await callPatiently('freeze_opening', { p_opening: id })
}

async function drawOrder({
  id,
  next,
  round,
}: {
  id: string
  next: Draw
  round: { value: string; proof: string } | null
}): Promise<void> {
  const drawn = { p_beacon_value: round?.value ?? null, p_beacon_proof: round?.proof ?? null }
  if (next.cohort === 0) await callPatiently('draw_opening', { p_opening: id, ...drawn })
  else
    await callPatiently('draw_cohort', {
      p_opening: id,
      p_cohort: String(next.cohort),
      p_beacon_round: next.round === null ? null : String(next.round),
      ...drawn,
    })
}
