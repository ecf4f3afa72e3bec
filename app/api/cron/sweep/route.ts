import { queueDaySheets } from '@/domain/booking/day-sheet/commands'
import { sweepReservations } from '@/domain/booking/sweep/commands'
import { sweepLines } from '@/domain/line/sweep/commands'
import { drainOutbox } from '@/domain/notification/commands'
import { continueOpenings } from '@/domain/opening/habit/commands'
import { continueSchedules } from '@/domain/schedule/ahead/commands'
import { apiRoute, jsonResponse } from '@/lib/api'
import { isCron } from '@/lib/cron'
import { refuse } from '@/lib/result'

/** Tidies up what is overdue and sends what is due. Nothing is wrong without it, only later. */
export const GET = apiRoute({
  who: 'anyone',
  answer: async ({ request }) => {
    if (!isCron(request.headers)) return refuse('not-found')
    const swept = await sweepReservations()
    const { lines } = await sweepLines()
    const sheets = await queueDaySheets()
    const sent = await drainOutbox()
    const { continued } = await continueSchedules()
    const { announced } = await continueOpenings()
    return jsonResponse({ swept, lines, sheets, sent, continued, announced })
  },
})
