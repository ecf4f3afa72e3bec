import { readLiveVisitor } from '@/domain/identity/loaders'
import { allowGuestExport } from '@/domain/privacy/guest-export.commands'
import { readGuests } from '@/domain/privacy/guest-export.queries'
import { writeGuestCsv, writeGuestJson } from '@/domain/privacy/guest-export.rules'
import { exportQuery, guestExport, guestLine } from '@/domain/privacy/schema'
import { apiRoute, idParams } from '@/lib/http/api'
import { named } from '@/lib/http/contract'
import { downloadResponse } from '@/lib/http/download'
import { isFromOtherSite } from '@/lib/http/session'
import { loadMessages } from '@/lib/i18n/messages'
import { refuse } from '@/lib/problems/result'

export const GET = apiRoute({
  operationId: 'exportGuests',
  summary: 'Owner: all guest data of the restaurant, as JSON or CSV',
  who: readLiveVisitor,
  params: idParams,
  query: exportQuery,
  answers: { 200: named('GuestExport', guestExport, { GuestLine: guestLine }) },
  sorted: {
    items: 'reservations by service date, then tickets by service date and number',
  },
  refusals: ['rate-limited', 'not-found', 'foreign-origin', 'proof-needed'],
  answer: async ({ who, params, query: { format }, locale, address, request: { headers } }) => {
    if (who.by === 'cookie' && isFromOtherSite(headers)) return refuse('foreign-origin')
    const { id: restaurantId } = params
    const { accountId, sessionId } = who
    const actor = { accountId, address }
    const allowed = await allowGuestExport({ restaurantId, actor, sessionId, format })
    if (!allowed.ok) return allowed
    const lines = readGuests(restaurantId)
    const { guestColumns } = (await loadMessages(locale)).privacy
    const content = format === 'csv' ? writeGuestCsv(lines, guestColumns) : writeGuestJson(lines)
    return downloadResponse({ name: 'bobjool-guests', format, content })
  },
})
