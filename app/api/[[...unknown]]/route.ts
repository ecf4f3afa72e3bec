import { apiRoute } from '@/lib/api'
import { refuse } from '@/lib/result'

/** An address that leads nowhere is told so in the same form as every other refusal. */
const answerUnknown = apiRoute({ who: 'anyone', answer: async () => refuse('not-found') })

export {
  answerUnknown as GET,
  answerUnknown as POST,
  answerUnknown as PUT,
  answerUnknown as PATCH,
  answerUnknown as DELETE,
}
