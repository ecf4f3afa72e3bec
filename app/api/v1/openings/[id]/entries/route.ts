import { enterOpening } from '@/domain/opening/commands'
import { admitTo } from '@/domain/opening/turn.commands'
import { apiRoute, idOf, jsonResponse } from '@/lib/http/api'
import { readTrustedAddress, readVisitor } from '@/lib/http/session'
import { refuse } from '@/lib/problems/result'

export const POST = apiRoute({
  // Whether the session still lives is judged by the one statement that enters.
  who: readVisitor,
  answer: async ({ who, params, request }) => {
    const openingId = idOf(params.id)
    if (!openingId) return refuse('not-found')
    const { accountId, epoch: sessionEpoch } = who
    const address = readTrustedAddress(request.headers)
    const admitted = await admitTo({ act: 'enter', accountId, address })
    if (!admitted.ok) return admitted
    const entered = await enterOpening({ openingId, accountId, sessionEpoch })
    return entered.ok ? jsonResponse(entered.value, 201) : entered
  },
})
