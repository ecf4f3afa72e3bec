import { readLiveVisitor } from '@/domain/identity/loaders'
import { findEntry } from '@/domain/opening/queries'
import { apiRoute, idOf, jsonResponse } from '@/lib/http/api'
import { refuse } from '@/lib/problems/result'

export const GET = apiRoute({
  who: readLiveVisitor,
  answer: async ({ who, params }) => {
    const openingId = idOf(params.id)
    const entry = openingId && (await findEntry({ openingId, accountId: who.accountId }))
    return entry ? jsonResponse(entry) : refuse('not-found')
  },
})
