import { readLiveVisitor } from '@/domain/identity/loaders'
import { applySchedule } from '@/domain/schedule/plan.commands'
import { previewSchedule } from '@/domain/schedule/plan.queries'
import {
  dayPreview,
  scheduleAnswer,
  schedulePreview,
  scheduleRequest,
} from '@/domain/schedule/plan.schema'
import { apiRoute, idParams } from '@/lib/http/api'
import { named } from '@/lib/http/contract'
import { succeed } from '@/lib/problems/result'

/**
 * Without a fingerprint this previews; with the fingerprint of that preview it applies the plan.
 */
export const POST = apiRoute({
  operationId: 'makeSchedule',
  summary:
    'Owner: what making these dates’ schedule would do; sent again with its fingerprint: make it. One transaction a date: what was made before a refusal stays made.',
  who: readLiveVisitor,
  params: idParams,
  body: named('ScheduleRequest', scheduleRequest),
  answers: {
    200: named('ScheduleAnswer', scheduleAnswer, {
      SchedulePreview: schedulePreview,
      DayPreview: dayPreview,
    }),
  },
  sorted: {
    'preview.days': 'by serviceDate',
    'preview.days[].conflicts': 'by startsAt, then by tableNumber',
    'preview.days[].leftOut': 'by time',
  },
  refusals: [
    'not-found',
    'past-date',
    'no-hours',
    'no-tables',
    'being-edited',
    'changed-meanwhile',
    'overlaps-other-date',
  ],
  answer: async ({ who: { accountId }, params, body: { fingerprint, ...range }, address }) => {
    const asked = { restaurantId: params.id, ...range }
    const answer =
      fingerprint === undefined
        ? await previewSchedule({ ...asked, accountId })
        : await applySchedule({ ...asked, fingerprint, actor: { accountId, address } })
    if (!answer.ok) return answer
    return succeed({ applied: fingerprint !== undefined, preview: answer.value })
  },
})
