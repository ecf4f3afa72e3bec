import { listFloorActs } from '@/domain/floor/acts.queries'
import { actPage, actsQuery, floorAct } from '@/domain/floor/acts.schema'
import { readLiveVisitor } from '@/domain/identity/loaders'
import { apiRoute, idParams } from '@/lib/http/api'
import { named } from '@/lib/http/contract'

export const GET = apiRoute({
  operationId: 'listFloorActs',
  summary: 'Staff: who did what on a service date, on reservations, in the line, at tables',
  who: readLiveVisitor,
  params: idParams,
  query: actsQuery,
  answers: { 200: named('FloorActPage', actPage, { FloorAct: floorAct }) },
  sorted: { items: 'the newest first; ties by id', 'items[].tableNumbers': 'upwards' },
  refusals: ['not-found'],
  answer: ({ who: { accountId }, params, query }) =>
    listFloorActs({ restaurantId: params.id, accountId, ...query }),
})
