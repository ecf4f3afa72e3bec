import { readLiveVisitor } from '@/domain/identity/loaders'
import { listOpenings } from '@/domain/opening/list.queries'
import { openingLine, openingListQuery, openingPage } from '@/domain/opening/list.schema'
import { announceOpening } from '@/domain/opening/plan.commands'
import { openingPlan } from '@/domain/opening/plan.schema'
import { readOwnOpening } from '@/domain/opening/queries'
import { opening } from '@/domain/opening/schema'
import { apiRoute, idParams, jsonResponse } from '@/lib/http/api'
import { named } from '@/lib/http/contract'
import { refuse, succeed } from '@/lib/problems/result'

export const GET = apiRoute({
  operationId: 'listOpenings',
  summary: 'A restaurant’s openings: those that are coming, or those that are past',
  who: 'anyone',
  params: idParams,
  query: openingListQuery,
  answers: { 200: named('OpeningPage', openingPage, { OpeningLine: openingLine }) },
  sorted: {
    items:
      'by opensAt: coming ones from the next, past ones from the latest; ties by id in the same direction',
  },
  refusals: ['not-found'],
  answer: async ({ params, query }) => {
    const page = await listOpenings({ restaurantId: params.id, ...query })
    return page ? succeed(page) : refuse('not-found')
  },
})

export const POST = apiRoute({
  operationId: 'announceOpening',
  summary: 'Owner: announce an opening. From then on only its rate changes.',
  who: readLiveVisitor,
  params: idParams,
  body: named('OpeningPlan', openingPlan),
  answers: { 201: named('Opening', opening) },
  sorted: {
    rates: 'by fromAt',
    'late.cohorts': 'by cohort',
    receiptKeys: 'as they came into use, the present one first',
  },
  refusals: [
    'not-found',
    'past-date',
    'past-time',
    'opening-too-late',
    'opening-too-early',
    'closed-day',
    'opening-exists',
  ],
  answer: async ({ who: { accountId }, params, body: plan, address }) => {
    const actor = { accountId, address }
    const announced = await announceOpening({ restaurantId: params.id, plan, actor })
    if (!announced.ok) return announced
    return jsonResponse(await readOwnOpening(announced.value.openingId), 201)
  },
})
