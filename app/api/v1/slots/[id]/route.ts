import { readLiveVisitor } from '@/domain/identity/loaders'
import { changeSlot } from '@/domain/schedule/slot.commands'
import { slotChange } from '@/domain/schedule/slot.schema'
import { apiRoute, idOf, jsonResponse } from '@/lib/http/api'
import { readTrustedAddress } from '@/lib/http/session'
import { refuse } from '@/lib/problems/result'

export const PATCH = apiRoute({
  who: readLiveVisitor,
  body: slotChange,
  answer: async ({ who, params, body, request }) => {
    const slotId = idOf(params.id)
    if (!slotId) return refuse('not-found')
    const actor = { accountId: who.accountId, address: readTrustedAddress(request.headers) }
    const changed = await changeSlot({ slotId, change: body, actor })
    return changed.ok ? jsonResponse(changed.value) : changed
  },
})
