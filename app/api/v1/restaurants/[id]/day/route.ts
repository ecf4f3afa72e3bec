import { after } from 'next/server'
import { readDay } from '@/domain/floor/queries'
import { day, dayParty, dayQuery, daySlot, dayTable } from '@/domain/floor/schema'
import { readLiveVisitor } from '@/domain/identity/loaders'
import { ringOutboxBell } from '@/lib/db/outbox'
import { apiRoute, idParams, watchedResponse } from '@/lib/http/api'
import { named } from '@/lib/http/contract'

export const GET = apiRoute({
  operationId: 'readDay',
  summary: 'Staff: the private day',
  who: readLiveVisitor,
  params: idParams,
  query: dayQuery,
  answers: { 200: named('Day', day, { DaySlot: daySlot, DayParty: dayParty, DayTable: dayTable }) },
  sorted: {
    tables: 'by number',
    slots: 'by startsAt, then by tableNumber and slotId',
    parties: 'by startsAt, then as they were booked; ties by reservationId',
    'parties[].slotIds': 'by id',
    'parties[].tableNumbers': 'upwards',
  },
  refusals: ['not-found'],
  answer: async ({ who, params, query, request }) => {
    const asked = { restaurantId: params.id, date: query.date, accountId: who.accountId }
    const read = await readDay(asked)
    // Each poll of the staff's board also serves as a timer: mail held back for an undo is sent.
    after(ringOutboxBell)
    if (!read.ok) return read
    const { asOf, ...content } = read.value
    return watchedResponse({ request, asOf, content })
  },
})
