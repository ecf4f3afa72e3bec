import { apiRoute } from '@/lib/http/api'
import { refuse } from '@/lib/problems/result'

const answerUnknown = apiRoute({
  operationId: 'answerUnknown',
  summary: 'An address that leads nowhere: told so in the same form as every other refusal',
  who: 'anyone',
  answers: {},
  refusals: ['not-found'],
  answer: async () => refuse('not-found'),
})

export {
  answerUnknown as GET,
  answerUnknown as POST,
  answerUnknown as PUT,
  answerUnknown as PATCH,
  answerUnknown as DELETE,
}
