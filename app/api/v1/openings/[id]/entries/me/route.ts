import { readLiveVisitor } from '@/domain/identity/loaders'
import { findEntry } from '@/domain/opening/queries'
import { openingEntry } from '@/domain/opening/schema'
import { apiRoute, idParams } from '@/lib/http/api'
import { refuse, succeed } from '@/lib/problems/result'

export const GET = apiRoute({
  operationId: 'readOwnEntry',
  summary: 'Your own entry, with its receipt',
  who: readLiveVisitor,
  params: idParams,
  answers: { 200: openingEntry },
  refusals: ['not-found'],
  answer: async ({ who, params }) => {
    const entry = await findEntry({ openingId: params.id, accountId: who.accountId })
    return entry ? succeed(entry) : refuse('not-found')
  },
})
