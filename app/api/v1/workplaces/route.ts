import { readLiveVisitor } from '@/domain/identity/loaders'
import { listStaffRestaurants } from '@/domain/restaurant/queries'
import { workplacePageQuery } from '@/domain/restaurant/schema'
import { apiRoute, jsonResponse } from '@/lib/http/api'

/** The restaurants one may act for: what the session can't know, since rights are read when they are used. */
export const GET = apiRoute({
  who: readLiveVisitor,
  query: workplacePageQuery,
  answer: async ({ who, query }) =>
    jsonResponse(await listStaffRestaurants({ accountId: who.accountId, ...query })),
})
