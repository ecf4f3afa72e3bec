import { z } from 'zod'
import { readPrivacyFigures } from '@/domain/admin/retention.queries'
import { privacyFigures } from '@/domain/admin/retention.schema'
import { apiRoute } from '@/lib/http/api'
import { named } from '@/lib/http/contract'
import { snapshotResponse } from '@/lib/http/snapshot-response'

export const GET = apiRoute({
  operationId: 'readPrivacyFigures',
  summary: 'What is kept of people and how long, and how many contacts are forgotten already',
  who: 'anyone',
  query: z.strictObject({}),
  answers: { 200: named('PrivacyFigures', privacyFigures) },
  sorted: {
    kept: 'as docs/privacy.md lists them',
  },
  refusals: [],
  answer: async ({ request }) =>
    snapshotResponse({ request, snapshot: await readPrivacyFigures() }),
})
