import { z } from 'zod'
import { forgetContact } from '@/domain/line/forget.commands'
import { forgottenContact } from '@/domain/line/schema'
import { named } from '@/lib/http/contract'
import { partyRoute } from '../../act-route'

export const POST = partyRoute({
  operationId: 'forgetContact',
  summary:
    'A guest without an account: forget number, address and phones now, by the token of the ticket’s link. A party that still waits leaves the line with it.',
  body: named('Forgetting', z.strictObject({})),
  answer: named('ForgottenContact', forgottenContact),
  refusals: [],
  act: ({ ticketId, asker, key }) => forgetContact({ ticketId, asker, key }),
})
