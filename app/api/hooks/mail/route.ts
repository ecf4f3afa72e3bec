import { recordReports } from '@/domain/notification/bounce.commands'
import { readReports } from '@/domain/notification/bounce.rules'
import { readSignedDelivery } from '@/lib/crypto/webhook'
import { apiRoute, jsonResponse } from '@/lib/http/api'
import { readJsonText, readText } from '@/lib/http/body'
import { refuse } from '@/lib/problems/result'

/** Providers send events in batches. */
const MOST_BYTES = 256 * 1024

/** What a mail provider has to say about mails that came back. Without a signature there is no such address. */
export const POST = apiRoute({
  who: 'anyone',
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
    return isFresh ? jsonResponse({ reports: reports.length }) : refuse('not-found')
  },
})
