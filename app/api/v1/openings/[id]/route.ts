import { z } from 'zod'
import { readLiveVisitor } from '@/domain/identity/loaders'
import { changeRate } from '@/domain/opening/plan.commands'
import { openingChange, rateChange } from '@/domain/opening/plan.schema'
import { readOpening } from '@/domain/opening/queries'
import { opening } from '@/domain/opening/schema'
import { ringOutboxBell } from '@/lib/db/outbox'
import { after } from '@/lib/http/after'
import { apiRoute, idParams, jsonResponse } from '@/lib/http/api'
import { named } from '@/lib/http/contract'
import { snapshotResponse } from '@/lib/http/snapshot-response'
import { refuse } from '@/lib/problems/result'

export const GET = apiRoute({
  operationId: 'readOpening',
  direct: 'GET /api/v1/openings/{id}',
  summary: 'An opening: commitment, lobby, draw, rate. The same for everybody.',
  who: 'anyone',
  params: idParams,
  query: z.strictObject({}),
  answers: { 200: opening },
  sorted: {
    rates: 'by fromAt',
    'late.cohorts': 'by cohort',
    receiptKeys: 'as they came into use, the present one first',
  },
  refusals: ['not-found'],
  answer: async ({ params, request }) => {
    const snapshot = await readOpening(params.id)
    return snapshot.data ? snapshotResponse({ request, snapshot }) : refuse('not-found')
  },
})

const openingRate = z.object({ id: z.uuid(), turnsPerSecond: z.number() })

export const PATCH = apiRoute({
  operationId: 'changeOpeningRate',
  summary: 'Owner: another rate, from now on. Nothing else of an announced opening changes.',
  who: readLiveVisitor,
  params: idParams,
  body: openingChange,
  bodyAsTold: named('RateChange', rateChange),
  answers: { 200: named('ChangedRate', openingRate) },
  refusals: ['not-found', 'opening-announced', 'changed-meanwhile', 'opening-over'],
  answer: async ({ who: { accountId }, params, body: change, address }) => {
    const actor = { accountId, address }
    const changed = await changeRate({ openingId: params.id, change, actor })
    if (!changed.ok) return changed
    after(ringOutboxBell)
    return jsonResponse({ id: params.id, turnsPerSecond: change.turnsPerSecond })
  },
})
