import { queueDaySheets } from '@/domain/booking/day-sheet.commands'
import { sweepReservations } from '@/domain/booking/sweep.commands'
import { sweepIdempotencyKeys } from '@/domain/identity/idempotency.commands'
import { sweepLines } from '@/domain/line/commands'
import { drainOutbox } from '@/domain/notification/commands'
import { continueOpenings } from '@/domain/opening/recurring.commands'
import { extendSchedules } from '@/domain/schedule/auto-extend.commands'
import { log } from '@/lib/log'

/** In this order; what is told comes before what is only made ready. */
const jobs: Record<string, () => Promise<object>> = {
  reservations: sweepReservations,
  lines: sweepLines,
  keys: sweepIdempotencyKeys,
  sheets: queueDaySheets,
  notices: drainOutbox,
  schedules: extendSchedules,
  openings: continueOpenings,
}

/**
 * Tidies up what is overdue and sends what is due, in every room. A job that fails leaves the others
 * alone: no mail waits for a schedule that can't be made. Throws the first failure when all have run,
 * so that the cron's answer says that something is wrong.
 */
export async function sweepRooms(): Promise<Record<string, object>> {
  const done: Record<string, object> = {}
  const failures: unknown[] = []
  for (const [job, run] of Object.entries(jobs)) {
    try {
      done[job] = await run()
    } catch (error) {
      log.error({ job, error }, 'sweep not finished')
      failures.push(error)
    }
  }
  if (failures.length > 0) throw failures[0]
  return done
}
