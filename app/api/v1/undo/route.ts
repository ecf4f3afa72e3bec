import { readLiveVisitor } from '@/domain/identity/loaders'
import { undoRequest } from '@/domain/line/schema'
import { undoAnyAct } from '@/domain/line/undo.commands'
import { apiRoute, jsonResponse } from '@/lib/http/api'
import { readIdempotencyKey } from '@/lib/http/idempotency-key'
import { readTrustedAddress } from '@/lib/http/session'

export const POST = apiRoute({
  who: readLiveVisitor,
  body: undoRequest,
  answer: async ({ who, body, request }) => {
    const key = readIdempotencyKey(request.headers)
    if (!key.ok) return key
    const actor = { accountId: who.accountId, address: readTrustedAddress(request.headers) }
    const undone = await undoAnyAct({ actId: body.actId, actor, key: key.value })
    return undone.ok ? jsonResponse(undone.value) : undone
  },
})
