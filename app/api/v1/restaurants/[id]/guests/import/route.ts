import { importGuests } from '@/domain/guest/import.commands'
import { mayImport } from '@/domain/guest/import.queries'
import { guestImport, importQuery, lineVerdict } from '@/domain/guest/import.schema'
import { MOST_FILE_BYTES } from '@/domain/guest/import.types'
import { readLiveVisitor } from '@/domain/identity/loaders'
import { after } from '@/lib/http/after'
import { apiRoute, idParams, jsonResponse } from '@/lib/http/api'
import { readBytes } from '@/lib/http/body'
import { named } from '@/lib/http/contract'
import { refuse } from '@/lib/problems/result'

const imported = named('GuestImport', guestImport, { LineVerdict: lineVerdict })

export const POST = apiRoute({
  operationId: 'importGuests',
  summary:
    'Owner: put a list of people into the guest book, or with `dryRun` be told what it would do. Up to 1,000 lines are done at once; more go on after the answer.',
  who: readLiveVisitor,
  params: idParams,
  query: importQuery,
  file: 'text/csv',
  answers: { 200: imported, 202: imported },
  sorted: {
    ignoredColumns: 'as in the file',
    verdicts: 'by line',
    'verdicts[].warnings': 'as the columns of the file',
  },
  refusals: [
    ...(['not-found', 'not-csv', 'too-large', 'rate-limited', 'import-running'] as const),
    ...(['empty-file', 'unknown-encoding', 'broken-csv'] as const),
    ...(['no-header', 'column-twice', 'too-many-columns', 'too-many-lines'] as const),
  ],
  answer: async ({ who: { accountId }, params, query, request, address }) => {
    const { id: restaurantId } = params
    if (!(await mayImport({ accountId, restaurantId }))) return refuse('not-found')
    if (!/^text\/csv\s*(;|$)/i.test(request.headers.get('content-type') ?? ''))
      return refuse('not-csv')
    const bytes = await readBytes(request, MOST_FILE_BYTES)
    if (bytes === null) return refuse('too-large')
    const actor = { accountId, address }
    const isDryRun = query.dryRun
    const asked = await importGuests({ restaurantId, isDryRun, actor, bytes, later: after })
    return asked.ok && asked.value.id !== null ? jsonResponse(asked.value, 202) : asked
  },
})
