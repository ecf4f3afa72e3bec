import { z } from 'zod'
import { readLiveVisitor } from '@/domain/identity/loaders'
import { readLine } from '@/domain/line/queries'
import { lineHolder } from '@/domain/line/schema'
import { changeLine } from '@/domain/line/setting.commands'
import { lineChange } from '@/domain/line/setting.schema'
import { apiRoute, idOf, jsonResponse, snapshotResponse } from '@/lib/http/api'
import { readTrustedAddress } from '@/lib/http/session'
import { refuse } from '@/lib/problems/result'

export const GET = apiRoute({
  who: 'anyone',
  // Unknown keys are refused, so that nobody can make copies of it in a shared cache.
  query: z.strictObject({}),
  answer: async ({ request, params }) => {
    const holder = lineHolder.safeParse(params)
    if (!holder.success) return refuse('not-found')
    const snapshot = await readLine(holder.data.id)
    return snapshot.data ? snapshotResponse({ request, snapshot }) : refuse('no-line')
  },
})

export const PATCH = apiRoute({
  who: readLiveVisitor,
  body: lineChange,
  answer: async ({ who, params, body, request }) => {
    const restaurantId = idOf(params.id)
    if (!restaurantId) return refuse('not-found')
    const actor = { accountId: who.accountId, address: readTrustedAddress(request.headers) }
    const changed = await changeLine({ restaurantId, actor, change: body })
    return changed.ok ? jsonResponse(changed.value) : changed
  },
})
