import { day, dayClosure, dayParty, dayQuery, daySlot, dayTable } from '@/domain/floor/schema'
import { shiftNote } from '@/domain/floor/shift-note.schema'
import { readWatchedDay } from '@/domain/floor/watch.loaders'
import { watcher } from '@/domain/identity/loaders'
import { apiRoute, idParams, watchedResponse } from '@/lib/http/api'
import { named } from '@/lib/http/contract'

export const GET = apiRoute({
  operationId: 'readDay',
  direct: 'GET /api/v1/restaurants/{id}/day',
  summary: 'Staff: the private day',
  who: watcher,
  params: idParams,
  query: dayQuery,
  answers: {
    200: named('Day', day, {
      DaySlot: daySlot,
      DayParty: dayParty,
      DayTable: dayTable,
      DayClosure: dayClosure,
      ShiftNote: shiftNote,
    }),
  },
  sorted: {
    tables: 'by number',
    combinations: 'by tableNumbers',
    'combinations[].tableNumbers': 'upwards',
    areas: 'as the owner has put them',
    'areas[].tableNumbers': 'upwards',
    floorPlan: 'by tableNumber',
    closures: 'by from',
    'closures[].tableNumbers': 'upwards',
    slots: 'by startsAt, then by tableNumber and slotId',
    parties: 'by startsAt, then as they were booked; ties by reservationId',
    'parties[].slotIds': 'by id',
    'parties[].tableNumbers': 'upwards',
    'parties[].entry.tags': 'by name',
  },
  refusals: ['not-found'],
  answer: async ({ who, params, query, request }) => {
    const { accountId, epoch, sessionId } = who
    const session = { accountId, epoch, sessionId }
    const read = await readWatchedDay({ restaurantId: params.id, date: query.date, session })
    if (!read.ok) return read
    const { asOf, content } = read.value
    // Minutes follow from instants that are told, so that a board counts them by its own clock.
    return watchedResponse({ request, asOf, content, uncounted: ['minutesOver', 'minutesLate'] })
  },
})
