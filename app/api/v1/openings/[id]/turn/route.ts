import { takeTurn } from '@/domain/opening/commands'
import { turnRequest } from '@/domain/opening/schema'
import { apiRoute, idOf, jsonResponse } from '@/lib/http/api'
import { readVisitor } from '@/lib/http/session'
import { refuse } from '@/lib/problems/result'

export const POST = apiRoute({
  who: readVisitor,
  body: turnRequest,
  answer: async ({ who, params, body }) => {
    const openingId = idOf(params.id)
    if (!openingId) return refuse('not-found')
    const taken = await takeTurn({ openingId, accountId: who.accountId, ...body })
    return taken.ok ? jsonResponse(taken.value, 201) : taken
  },
})
