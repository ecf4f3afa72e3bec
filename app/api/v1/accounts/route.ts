import { signUp } from '@/domain/identity/sign-up.commands'
import { signUpAnswer, signUpRequest } from '@/domain/identity/sign-up.schema'
import { ringOutboxBell } from '@/lib/db/outbox'
import { after } from '@/lib/http/after'
import { apiRoute } from '@/lib/http/api'
import { named } from '@/lib/http/contract'
import { succeed } from '@/lib/problems/result'

export const POST = apiRoute({
  operationId: 'signUp',
  summary:
    'Sign up; a link is mailed to confirm the address. The same answer whether or not it is known.',
  who: 'anyone',
  body: named('SignUpRequest', signUpRequest),
  answers: { 201: named('SignUpAnswer', signUpAnswer) },
  refusals: ['invalid', 'rate-limited'],
  answer: async ({ body, locale, address }) => {
    const signedUp = await signUp({ ...body, locale: body.locale ?? locale, asking: null, address })
    if (!signedUp.ok) return signedUp
    after(ringOutboxBell)
    return succeed({ email: body.email })
  },
})
