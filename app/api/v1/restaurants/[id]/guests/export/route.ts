import { readLiveVisitor } from '@/domain/identity/loaders'
import { allowGuestExport } from '@/domain/privacy/guest-export.commands'
import { writeGuestList } from '@/domain/privacy/guest-export.queries'
import { guestExport, guestExportQuery, guestLine, guestListExport } from '@/domain/privacy/schema'
import { apiRoute, idParams } from '@/lib/http/api'
import { named } from '@/lib/http/contract'
import { downloadResponse } from '@/lib/http/download'
import { isFromOtherSite } from '@/lib/http/session'
import { loadMessages } from '@/lib/i18n/messages'
import { refuse } from '@/lib/problems/result'

const parts = { GuestVisits: guestExport, GuestLine: guestLine }

const FILE_NAMES = { visits: 'bobjool-guests', book: 'bobjool-guest-book' } as const

export const GET = apiRoute({
  operationId: 'exportGuests',
  summary: 'Owner: all guest data of the restaurant, or its guest book, as JSON or CSV',
  who: readLiveVisitor,
  params: idParams,
  query: guestExportQuery,
  answers: { 200: named('GuestExport', guestListExport, parts) },
  sorted: {
    items:
      'reservations by service date, then tickets by service date and number; the guest book the oldest first, ties by id',
    'items[].tags': 'by name',
  },
  refusals: ['rate-limited', 'not-found', 'foreign-origin', 'proof-needed'],
  answer: async ({ who, params, query, locale, address, request: { headers } }) => {
    if (who.by === 'cookie' && isFromOtherSite(headers)) return refuse('foreign-origin')
    const { id: restaurantId } = params
    const { accountId, sessionId } = who
    const { list, format } = query
    const actor = { accountId, address }
    const allowed = await allowGuestExport({ restaurantId, actor, sessionId, list, format })
    if (!allowed.ok) return allowed
    const { privacy, guests } = await loadMessages(locale)
    const words = { visits: privacy.guestColumns, book: guests.file }
    const content = writeGuestList({ restaurantId, list, format, words })
    return downloadResponse({ name: FILE_NAMES[list], format, content })
  },
})
