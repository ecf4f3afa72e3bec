import { recordReports } from '@/domain/notification/bounce/commands'
import { readReports } from '@/domain/notification/bounce/rules'
import { apiRoute, jsonResponse } from '@/lib/api'
import { readJsonText, readText } from '@/lib/body'
import { refuse } from '@/lib/result'
import { readSignedDelivery } from '@/lib/webhook'

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
