import { queueDaySheets } from '@/domain/booking/day-sheet.commands'
import { sweepReservations } from '@/domain/booking/sweep.commands'
import { continueImports } from '@/domain/guest/import-work.commands'
import { sweepPasskeyChallenges } from '@/domain/identity/passkey-challenge.commands'
import { sweepSessions } from '@/domain/identity/session.commands'
import { sweepLines } from '@/domain/line/commands'
import { drainOutbox } from '@/domain/notification/commands'
import { continueOpenings } from '@/domain/opening/recurring.commands'
import { tellReminders } from '@/domain/opening/reminder.commands'
import { extendSchedules } from '@/domain/schedule/auto-extend.commands'
import { pool } from '@/lib/db/database'
import { log } from '@/lib/log'
import { forgetOverdue } from './retention.commands'
import { retention } from './retention.rules'

/** A crowd's notices beside the others', which they may not delay. */
async function sendReminders(): Promise<object> {
  const { queued, turns } = await tellReminders()
  await Promise.all([drainOutbox({ isCrowd: true, limit: 5_000 }), queued > 0 && drainOutbox()])
  return { queued, turns }
}

/** Run in this order: notices go out before anything is merely prepared, or forgotten. */
const jobs: Record<string, () => Promise<object>> = {
  reservations: sweepReservations,
  lines: sweepLines,
  passkeys: sweepPasskeyChallenges,
  sessions: sweepSessions,
  sheets: queueDaySheets,
  notices: drainOutbox,
  reminders: sendReminders,
  schedules: extendSchedules,
  openings: continueOpenings,
  imports: () => continueImports(),
  ...Object.fromEntries(retention.map(({ what }) => [`forget-${what}`, () => forgetOverdue(what)])),
}

/** For what watches the service: without it a timer that calls nobody would stay unseen. */
async function noteSweep({ tookMs, failed }: { tookMs: number; failed: number }): Promise<void> {
  await pool.query(
    `INSERT INTO sweeps AS s (what, took_ms, failed_jobs) VALUES ('ROOMS', $1, $2)
     ON CONFLICT (what) DO UPDATE
       SET ended_at = excluded.ended_at, took_ms = excluded.took_ms, failed_jobs = excluded.failed_jobs
     WHERE s.ended_at <= excluded.ended_at`,
    [Math.round(tookMs), failed],
  )
}

/**
 * Tidies up what is overdue, sends what is due, and forgets what is kept no longer, in every room. A failing job does not stop the
 * others: no mail waits for a schedule that can't be made. Throws the first failure once all have
 * run, so that the cron's response reports it.
 */
export async function sweepRooms(): Promise<Record<string, object>> {
  const done: Record<string, object> = {}
  const failures: unknown[] = []
  const fromMs = performance.now()
  for (const [job, run] of Object.entries(jobs)) {
    try {
      done[job] = await run()
    } catch (error) {
      log.error({ job, error }, 'sweep not finished')
      failures.push(error)
    }
  }
  await noteSweep({ tookMs: performance.now() - fromMs, failed: failures.length }).catch((error) =>
    failures.push(error),
  )
  if (failures.length > 0) throw failures[0]
  return done
}
