import { readLiveVisitor } from '@/domain/identity/loaders'
import { exportAccount } from '@/domain/privacy/account-export.commands'
import { writeAccountCsv } from '@/domain/privacy/export.rules'
import { accountExport, exportQuery } from '@/domain/privacy/schema'
import { apiRoute } from '@/lib/http/api'
import { named } from '@/lib/http/contract'
import { downloadResponse } from '@/lib/http/download'
import { isFromOtherSite } from '@/lib/http/session'
import { loadMessages } from '@/lib/i18n/messages'
import { refuse } from '@/lib/problems/result'

export const GET = apiRoute({
  operationId: 'exportAccount',
  summary: 'Everything the service keeps about the own account, as JSON or CSV',
  who: readLiveVisitor,
  query: exportQuery,
  answers: { 200: named('AccountExport', accountExport) },
  sorted: {
    agreements: 'as it came to be, the oldest first',
    logins: 'by provider',
    sessions: 'as it came to be, the oldest first',
    passkeys: 'as it came to be, the oldest first',
    links: 'as it came to be, the oldest first',
    mailsAskedFor: 'as it came to be, the oldest first',
    mailRefusals: 'by address',
    devices: 'as it came to be, the oldest first',
    reservations: 'by their start',
    guestEntries: 'as it came to be, the oldest first',
    tickets: 'as it came to be, the oldest first',
    openingEntries: 'as it came to be, the oldest first',
    openingReminders: 'as it came to be, the oldest first',
    notices: 'as it came to be, the oldest first',
    workplaces: 'by name',
    invitations: 'as it came to be, the oldest first',
    acts: 'as it came to be, the oldest first',
  },
  refusals: ['rate-limited', 'foreign-origin', 'proof-needed'],
  answer: async ({ who, query: { format }, locale, address, request: { headers } }) => {
    if (who.by === 'cookie' && isFromOtherSite(headers)) return refuse('foreign-origin')
    const { accountId, sessionId, role } = who
    const exported = await exportAccount({ accountId, sessionId, role, address, format })
    if (!exported.ok) return exported
    const { part, item, field, value } = (await loadMessages(locale)).privacy.columns
    const content =
      format === 'csv'
        ? writeAccountCsv(exported.value, [part, item, field, value])
        : JSON.stringify(exported.value, null, 2)
    const name = `bobjool-account-${exported.value.asOf.slice(0, 10)}`
    return downloadResponse({ name, format, content })
  },
})
