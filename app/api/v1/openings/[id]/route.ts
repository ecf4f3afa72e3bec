import { z } from 'zod'
import { readOpening } from '@/domain/opening/queries'
import { apiRoute, idOf, snapshotResponse } from '@/lib/api'
import { refuse } from '@/lib/result'

export const GET = apiRoute({
  who: 'anyone',
  query: z.strictObject({}),
  answer: async ({ params, request }) => {
    const id = idOf(params.id)
    if (!id) return refuse('not-found')
    const snapshot = await readOpening(id)
    if (!snapshot.data) return refuse('not-found')
    return snapshotResponse({ request, snapshot })
  },
})
