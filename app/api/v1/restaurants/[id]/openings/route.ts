import { readLiveVisitor } from '@/domain/identity/loaders'
import { listOpenings } from '@/domain/opening/list.queries'
import { openingListQuery } from '@/domain/opening/list.schema'
import { announceOpening } from '@/domain/opening/plan.commands'
import { openingPlan } from '@/domain/opening/plan.schema'
import { readOpening } from '@/domain/opening/queries'
import { apiRoute, idOf, jsonResponse } from '@/lib/http/api'
import { readTrustedAddress } from '@/lib/http/session'
import { refuse } from '@/lib/problems/result'

export const GET = apiRoute({
  who: 'anyone',
  query: openingListQuery,
  answer: async ({ params, query }) => {
    const restaurantId = idOf(params.id)
    const page = restaurantId && (await listOpenings({ restaurantId, ...query }))
    return page ? jsonResponse(page) : refuse('not-found')
  },
})

export const POST = apiRoute({
  who: readLiveVisitor,
  body: openingPlan,
  answer: async ({ who: { accountId }, params, body: plan, request }) => {
    const restaurantId = idOf(params.id)
    if (!restaurantId) return refuse('not-found')
    const actor = { accountId, address: readTrustedAddress(request.headers) }
    const announced = await announceOpening({ restaurantId, plan, actor })
    if (!announced.ok) return announced
    return jsonResponse((await readOpening(announced.value.openingId)).data, 201)
  },
})
