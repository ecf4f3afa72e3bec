import { type OwnRequestView, ownRequestView } from '@/domain/identity/link-request.schema'
import { loadOwnRequest } from '@/domain/identity/loaders'
import { apiRoute } from '@/lib/http/api'
import { named } from '@/lib/http/contract'
import { succeed } from '@/lib/problems/result'

/** Read by the browser's own cookie, which names the request; polled while its page waits. */
export const GET = apiRoute({
  operationId: 'readLinkRequest',
  summary: 'What became of the mail that this browser asked for last',
  who: 'anyone',
  answers: { 200: named('LinkRequest', ownRequestView) },
  refusals: [],
  answer: async () => {
    const { request, asOf } = await loadOwnRequest()
    const number = request?.purpose === 'SIGN_IN' ? request.number : null
    const state: OwnRequestView['state'] = request?.state ?? 'none'
    return succeed({ state, number, asOf, pollAfterMs: 2_500 })
  },
})
