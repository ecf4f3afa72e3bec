import { z } from 'zod'
import { readLiveVisitor } from '@/domain/identity/loaders'
import { changeRate } from '@/domain/opening/plan.commands'
import { openingChange } from '@/domain/opening/plan.schema'
import { readOpening } from '@/domain/opening/queries'
import { apiRoute, idOf, jsonResponse, snapshotResponse } from '@/lib/http/api'
import { readTrustedAddress } from '@/lib/http/session'
import { refuse } from '@/lib/problems/result'

export const GET = apiRoute({
  who: 'anyone',
  query: z.strictObject({}),
  answer: async ({ params, request }) => {
    const id = idOf(params.id)
    if (!id) return refuse('not-found')
    const snapshot = await readOpening(id)
    if (!snapshot.data) return refuse('not-found')
    return snapshotResponse({ request, snapshot })
  },
})

/** Only the rate of an announced opening changes. */
export const PATCH = apiRoute({
  who: readLiveVisitor,
  body: openingChange,
  answer: async ({ who: { accountId }, params, body: change, request }) => {
    const openingId = idOf(params.id)
    if (!openingId) return refuse('not-found')
    const actor = { accountId, address: readTrustedAddress(request.headers) }
    const changed = await changeRate({ openingId, change, actor })
    if (!changed.ok) return changed
    return jsonResponse({ id: openingId, turnsPerSecond: change.turnsPerSecond })
  },
})
