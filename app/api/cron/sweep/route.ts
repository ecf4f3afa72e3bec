import { queueDaySheets } from '@/domain/booking/day-sheet.commands'
import { sweepReservations } from '@/domain/booking/sweep.commands'
import { sweepLines } from '@/domain/line/commands'
import { drainOutbox } from '@/domain/notification/commands'
import { continueOpenings } from '@/domain/opening/recurring.commands'
import { extendSchedules } from '@/domain/schedule/auto-extend.commands'
import { apiRoute, jsonResponse } from '@/lib/http/api'
import { isCron } from '@/lib/http/cron'
import { log } from '@/lib/log'
import { refuse } from '@/lib/problems/result'

/** In this order; what is told comes before what is only made ready. */
const jobs: Record<string, () => Promise<object>> = {
  reservations: sweepReservations,
  lines: sweepLines,
  sheets: queueDaySheets,
  notices: drainOutbox,
  schedules: extendSchedules,
  openings: continueOpenings,
}

/** One that fails leaves the others alone: no mail waits for a schedule that can't be made. */
async function runAll() {
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
  return { done, failures }
}

/** Tidies up what is overdue and sends what is due. Nothing is wrong without it, only later. */
export const GET = apiRoute({
  who: 'anyone',
  answer: async ({ request }) => {
    if (!isCron(request.headers)) return refuse('not-found')
    const { done, failures } = await runAll()
    // Whoever watches the cron's answers sees that something is wrong.
    if (failures.length > 0) throw failures[0]
    return jsonResponse(done)
  },
})
