import { readOwnVisitor } from '@/domain/identity/loaders'
import { listStaffRestaurants } from '@/domain/restaurant/queries'
import { workplacePage, workplacePageQuery } from '@/domain/restaurant/schema'
import { apiRoute } from '@/lib/http/api'
import { named } from '@/lib/http/contract'
import { succeed } from '@/lib/problems/result'

/** The session does not hold this, because rights are read when they are used. */
export const GET = apiRoute({
  operationId: 'listWorkplaces',
  summary: 'The restaurants one may act for, and as what',
  who: readOwnVisitor,
  query: workplacePageQuery,
  answers: { 200: named('WorkplacePage', workplacePage) },
  sorted: {
    items: 'by name, then by id',
  },
  refusals: [],
  answer: async ({ who, query }) =>
    succeed(await listStaffRestaurants({ accountId: who.accountId, ...query })),
})
