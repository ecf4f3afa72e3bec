import { findBeacon } from '@/lib/beacon'
import { pool } from '@/lib/db'
import { runUnderLease } from '@/lib/lease'
import { log } from '@/lib/log'

/** How long after the beacon's round is due the draw waits for it; then it goes on without, and says so. */
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

/** Longer than one attempt. Checking a signature is work, and a relay is asked by one process alone. */
const ATTEMPT_LEASE_MS = 5_000

/** One attempt at a time and process; Postgres lets only one of all processes win. */
const attempts = new Map<string, Promise<void>>()

/**
 * Closes the lobby and fixes the order, if the instant has come by the database's clock and nobody
 * has done so: by whichever request looks first, in whichever process, once. Waits for Postgres, but
 * never for a beacon: that one's answer is there at a later look. True: something was written.
 */
export async function settleOpening(opening: Unsettled): Promise<boolean> {
  const { id, isCancelled, drawnAt, beacon, now, opensAt } = opening
  if (isCancelled || drawnAt !== null || now < opensAt) return false
  if (!opening.isFrozen) await pool.query('SELECT freeze_opening($1)', [id])
  if (beacon === null) {
    await drawOrder({ id, round: null })
    return true
  }
  const attempt = attempts.get(id) ?? drawAlone(opening).finally(() => attempts.delete(id))
  attempts.set(id, attempt)
  return !opening.isFrozen
}

/** The lease only saves work: `draw_opening` draws once, whoever else is at it. */
async function drawAlone(opening: Unsettled): Promise<void> {
  try {
    const lease = { name: `draw:${opening.id}`, leaseMs: ATTEMPT_LEASE_MS, waitMs: 0 }
    await runUnderLease({ ...lease, run: () => drawWithBeacon(opening) })
  } catch (error) {
    log.warn({ openingId: opening.id, error: String(error) }, 'the order was not drawn yet')
  }
}

async function drawWithBeacon({ id, beacon, beaconRound, opensAt, now }: Unsettled): Promise<void> {
  const round = beaconRound ?? 0
  const found = await findBeacon(beacon)?.fetchRound({ round, timeoutMs: BEACON_TIMEOUT_MS })
  const isPatienceOver = now.getTime() - opensAt.getTime() > BEACON_PATIENCE_SECONDS * 1000
  if (found || isPatienceOver) await drawOrder({ id, round: found ?? null })
}

async function drawOrder({
  id,
  round,
}: {
  id: string
  round: { value: string; proof: string } | null
}): Promise<void> {
  await pool.query('SELECT draw_opening($1, $2, $3)', [id, round?.value, round?.proof])
}
