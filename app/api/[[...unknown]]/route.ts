import { apiRoute } from '@/lib/http/api'
import { refuse } from '@/lib/problems/result'

/** An address that leads nowhere is told so in the same form as every other refusal. */
const answerUnknown = apiRoute({ who: 'anyone', answer: async () => refuse('not-found') })

export {
  answerUnknown as GET,
  answerUnknown as POST,
  answerUnknown as PUT,
  answerUnknown as PATCH,
  answerUnknown as DELETE,
}
