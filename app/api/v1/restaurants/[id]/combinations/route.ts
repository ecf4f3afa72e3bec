import { readLiveVisitor } from '@/domain/identity/loaders'
import { saveCombinations } from '@/domain/restaurant/table-group.commands'
import { readCombinations } from '@/domain/restaurant/table-group.queries'
import { combination, combinationList } from '@/domain/restaurant/table-group.schema'
import { apiRoute, idParams, ifMatch, readMatch, versionedResponse } from '@/lib/http/api'
import { named } from '@/lib/http/contract'

const combinations = named('CombinationList', combinationList, { Combination: combination })
const sorted = { '': 'by tableNumbers', '[].tableNumbers': 'upwards' }

export const GET = apiRoute({
  operationId: 'readCombinations',
  summary: 'Staff: the tables that can be pushed together',
  who: readLiveVisitor,
  params: idParams,
  answers: { 200: combinations },
  sorted,
  refusals: ['not-found'],
  answer: async ({ who: { accountId }, params }) => {
    const read = await readCombinations({ restaurantId: params.id, accountId })
    return read.ok ? versionedResponse(read.value) : read
  },
})

export const PUT = apiRoute({
  operationId: 'replaceCombinations',
  summary:
    'Owner: all combinations of tables. Two may share tables. A table that is retired ends its combinations.',
  who: readLiveVisitor,
  params: idParams,
  body: combinations,
  headers: ifMatch,
  answers: { 200: combinations },
  sorted,
  refusals: ['not-found', 'changed-meanwhile', 'no-such-table', 'same-combination', 'over-seats'],
  answer: async ({ who: { accountId }, params, body, readHeader, address }) => {
    const saved = await saveCombinations({
      restaurantId: params.id,
      version: readMatch(readHeader('If-Match')),
      combinations: body,
      actor: { accountId, address },
    })
    if (!saved.ok) return saved
    const read = await readCombinations({ restaurantId: params.id, accountId })
    return read.ok ? versionedResponse(read.value) : read
  },
})
