import { z } from 'zod'
import { endConsent } from '@/domain/line/forget.commands'
import { forgottenGuest } from '@/domain/line/schema'
import { named } from '@/lib/http/contract'
import { partyRoute } from '../../act-route'

export const POST = partyRoute({
  operationId: 'endConsent',
  summary:
    'A guest without an account: the restaurant remembers them no longer, by the token of the ticket’s link. Their place in the line stays.',
  body: named('EndingConsent', z.strictObject({})),
  answer: named('ForgottenGuest', forgottenGuest),
  refusals: [],
  act: endConsent,
})
