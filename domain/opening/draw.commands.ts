import { setTimeout as sleep } from 'node:timers/promises'
import { findBeacon } from '@/lib/beacon/beacon'
import { callPatiently } from '@/lib/db/transaction'
import { log } from '@/lib/log'
import { runUnderLease } from '@/lib/redis/lease'

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
  isFrozen: boolean
  isCancelled: boolean
  drawnAt: Date | null
  beacon: string | null
  beaconRound: number | null
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
 * Closes the lobby and fixes the order once, if the instant has come by the database's clock: the
 * first request to look does it, in any process. Waits at most a second for Postgres and never for
 * a beacon, whose answer a later request finds. True: something may have been written.
 */
export async function settleOpening(opening: Unsettled): Promise<boolean> {
  const { id, isCancelled, isFrozen, drawnAt, beacon, now, opensAt } = opening
  if (isCancelled || drawnAt !== null || now < opensAt) return false
  const isPatienceOver = sleep(LOOK_WAITS_MS, null, { ref: false })
  if (!isFrozen) {
    const freezing = tryAlone({ kind: 'freeze', id, work: () => freezeLobby(id) })
    await Promise.race([freezing, isPatienceOver])
  }
  if (beacon === null) {
    const drawing = tryAlone({ kind: 'draw', id, work: () => drawOrder({ id, round: null }) })
    await Promise.race([drawing, isPatienceOver])
    return true
  }
  void tryAlone({ kind: 'draw', id, work: () => drawUnderLease(opening) })
  return !isFrozen
}

/** A failed attempt is retried by a later request. */
function tryAlone({
  kind,
  id,
  work,
}: {
  kind: 'freeze' | 'draw'
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

/** The lease only saves work: `draw_opening` draws once, however many processes call it. */
async function drawUnderLease(opening: Unsettled): Promise<void> {
  const lease = { name: `draw:${opening.id}`, leaseMs: ATTEMPT_LEASE_MS, waitMs: 0 }
  await runUnderLease({ ...lease, run: () => drawWithBeacon(opening) })
}

async function drawWithBeacon({ id, beacon, beaconRound, opensAt, now }: Unsettled): Promise<void> {
  const round = beaconRound ?? 0
  const found = await findBeacon(beacon)?.fetchRound({ round, timeoutMs: BEACON_TIMEOUT_MS })
  const isPatienceOver = now.getTime() - opensAt.getTime() > BEACON_PATIENCE_SECONDS * 1000
  if (found || isPatienceOver) await drawOrder({ id, round: found ?? null })
}

async function freezeLobby(id: string): Promise<void> {
  await callPatiently('freeze_opening', { p_opening: id })
}

async function drawOrder({
  id,
  round,
}: {
  id: string
  round: { value: string; proof: string } | null
}): Promise<void> {
  await callPatiently('draw_opening', {
    p_opening: id,
    p_beacon_value: round?.value ?? null,
    p_beacon_proof: round?.proof ?? null,
  })
}
