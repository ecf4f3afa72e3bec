import { z } from 'zod'
import { readLine } from '@/domain/line/queries'
import { lineHolder, lineSnapshot } from '@/domain/line/schema'
import { changeLine } from '@/domain/line/setting.commands'
import { lineChange, lineSetting } from '@/domain/line/setting.schema'
import { staffActor } from '@/domain/restaurant/author.loaders'
import { apiRoute, idParams } from '@/lib/http/api'
import { named } from '@/lib/http/contract'
import { snapshotResponse } from '@/lib/http/snapshot-response'
import { refuse } from '@/lib/problems/result'

export const GET = apiRoute({
  operationId: 'readLine',
  direct: 'GET /api/v1/restaurants/{id}/line',
  summary: 'The public line of today, in its order. The same bytes for everybody.',
  who: 'anyone',
  params: lineHolder,
  // Unknown keys are refused, because each of them would be another copy in a shared cache.
  query: z.strictObject({}),
  answers: { 200: named('Line', lineSnapshot) },
  sorted: {
    tickets: 'as parties will be called',
    quotes: 'by maxParty, the largest parties last',
  },
  refusals: ['no-line'],
  answer: async ({ request, params }) => {
    const snapshot = await readLine(params.id)
    return snapshot.data ? snapshotResponse({ request, snapshot }) : refuse('no-line')
  },
})

export const PATCH = apiRoute({
  operationId: 'changeLine',
  summary: 'Staff: open, pause or close the line. Owner: also limit its length.',
  who: staffActor,
  params: idParams,
  body: named('LineChange', lineChange),
  answers: { 200: named('LineSetting', lineSetting) },
  refusals: ['not-found', 'no-line', 'not-allowed'],
  answer: ({ who: { accountId }, params, body: change, address }) =>
    changeLine({ restaurantId: params.id, actor: { accountId, address }, change }),
})
