import { z } from 'zod'
import { readImport } from '@/domain/guest/import.queries'
import { guestImportPage, importPageQuery } from '@/domain/guest/import.schema'
import { continueImports } from '@/domain/guest/import-work.commands'
import { readLiveVisitor } from '@/domain/identity/loaders'
import { after } from '@/lib/http/after'
import { apiRoute } from '@/lib/http/api'
import { named } from '@/lib/http/contract'

export const GET = apiRoute({
  operationId: 'readGuestImport',
  summary: 'Owner: how far a long import is, and the verdicts on its lines, for a day',
  who: readLiveVisitor,
  params: z.object({ id: z.uuid(), importId: z.uuid() }),
  query: importPageQuery,
  answers: { 200: named('GuestImportPage', guestImportPage) },
  sorted: {
    ignoredColumns: 'as in the file',
    verdicts: 'by line',
    'verdicts[].warnings': 'as the columns of the file',
  },
  refusals: ['not-found'],
  answer: async ({ who: { accountId }, params: { id: restaurantId, importId }, query }) => {
    const found = await readImport({ restaurantId, importId, accountId, ...query })
    // Where the sweep runs once a day, the page that watches an import keeps it going.
    if (found.ok && found.value.state === 'RUNNING')
      after(async () => void (await continueImports(importId)))
    return found
  },
})
