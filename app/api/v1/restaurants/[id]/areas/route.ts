import { readLiveVisitor } from '@/domain/identity/loaders'
import { saveAreas } from '@/domain/restaurant/table-group.commands'
import { readAreas } from '@/domain/restaurant/table-group.queries'
import { area, areaDraft, areaDraftList, areaList } from '@/domain/restaurant/table-group.schema'
import { apiRoute, idParams, ifMatch, readMatch, versionedResponse } from '@/lib/http/api'
import { named } from '@/lib/http/contract'

const areas = named('AreaList', areaList, { Area: area })
const sorted = { '': 'as the owner has put them', '[].tableNumbers': 'upwards' }

export const GET = apiRoute({
  operationId: 'readAreas',
  summary: 'Staff: the areas of the tables',
  who: readLiveVisitor,
  params: idParams,
  answers: { 200: areas },
  sorted,
  refusals: ['not-found'],
  answer: async ({ who: { accountId }, params }) => {
    const read = await readAreas({ restaurantId: params.id, accountId })
    return read.ok ? versionedResponse(read.value) : read
  },
})

export const PUT = apiRoute({
  operationId: 'replaceAreas',
  summary:
    'Owner: all areas, in their order. One with an id, or else with a name as now, stays the same area. A table named in none is in none.',
  who: readLiveVisitor,
  params: idParams,
  body: named('AreaDraftList', areaDraftList, { AreaDraft: areaDraft }),
  headers: ifMatch,
  answers: { 200: areas },
  sorted,
  refusals: ['not-found', 'changed-meanwhile', 'no-such-table', 'same-area', 'table-in-two-areas'],
  answer: async ({ who: { accountId }, params, body, readHeader, address }) => {
    const saved = await saveAreas({
      restaurantId: params.id,
      version: readMatch(readHeader('If-Match')),
      areas: body,
      actor: { accountId, address },
    })
    if (!saved.ok) return saved
    const read = await readAreas({ restaurantId: params.id, accountId })
    return read.ok ? versionedResponse(read.value) : read
  },
})
