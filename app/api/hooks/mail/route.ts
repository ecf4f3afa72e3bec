import { z } from 'zod'
import { recordReports } from '@/domain/notification/bounce.commands'
import { readReports } from '@/domain/notification/bounce.rules'
import { readSignedDelivery } from '@/lib/crypto/webhook'
import { apiRoute } from '@/lib/http/api'
import { readJsonText, readText } from '@/lib/http/body'
import { refuse, succeed } from '@/lib/problems/result'

/** Providers send events in batches. */
const MOST_BYTES = 256 * 1024

/** The signature covers the raw bytes, so the handler reads the body itself. */
export const POST = apiRoute({
  operationId: 'reportMails',
  summary: 'A mail provider, with its signature: what became of mails that were sent',
  who: 'anyone',
  answers: { 200: z.object({ reports: z.int() }) },
  refusals: ['too-large', 'not-found', 'invalid-json', 'invalid'],
  answer: async ({ request }) => {
    const body = await readText(request, MOST_BYTES)
    if (body === null) return refuse('too-large')
    const delivery = readSignedDelivery({ headers: request.headers, body })
    if (!delivery) return refuse('not-found')
    const json = readJsonText(body)
    if (!json.ok) return json
    const reports = readReports(json.value) ?? []
    const { id: deliveryId, sentAtSeconds } = delivery
    const isFresh = await recordReports({ deliveryId, sentAtSeconds, reports })
    return isFresh ? succeed({ reports: reports.length }) : refuse('not-found')
  },
})
