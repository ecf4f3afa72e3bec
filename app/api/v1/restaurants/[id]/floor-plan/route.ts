import { readLiveVisitor } from '@/domain/identity/loaders'
import { saveFloorPlan } from '@/domain/restaurant/floor-plan.commands'
import { readFloorPlan } from '@/domain/restaurant/floor-plan.queries'
import { floorPlan, tablePlace } from '@/domain/restaurant/floor-plan.schema'
import { apiRoute, idParams, ifMatch, readMatch, versionedResponse } from '@/lib/http/api'
import { named } from '@/lib/http/contract'

const plan = named('FloorPlan', floorPlan, { TablePlace: tablePlace })
const sorted = { '': 'by tableNumber' }

export const GET = apiRoute({
  operationId: 'readFloorPlan',
  summary: 'Staff: where the tables stand that their owner has placed',
  who: readLiveVisitor,
  params: idParams,
  answers: { 200: plan },
  sorted,
  refusals: ['not-found'],
  answer: async ({ who: { accountId }, params }) => {
    const read = await readFloorPlan({ restaurantId: params.id, accountId })
    return read.ok ? versionedResponse(read.value) : read
  },
})

export const PUT = apiRoute({
  operationId: 'replaceFloorPlan',
  summary:
    'Owner: where all tables stand, one on a cell. A table that is not named has no place of its own and is drawn below the others, by area and number.',
  who: readLiveVisitor,
  params: idParams,
  body: plan,
  headers: ifMatch,
  answers: { 200: plan },
  sorted,
  refusals: ['not-found', 'changed-meanwhile', 'no-such-table', 'same-cell'],
  answer: async ({ who: { accountId }, params, body, readHeader, address }) => {
    const saved = await saveFloorPlan({
      restaurantId: params.id,
      version: readMatch(readHeader('If-Match')),
      places: body,
      actor: { accountId, address },
    })
    if (!saved.ok) return saved
    const read = await readFloorPlan({ restaurantId: params.id, accountId })
    return read.ok ? versionedResponse(read.value) : read
  },
})
