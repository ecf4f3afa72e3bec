import { after } from 'next/server'
import { signUp } from '@/domain/identity/sign-up.commands'
import { signUpRequest } from '@/domain/identity/sign-up.schema'
import { ringOutboxBell } from '@/lib/db/outbox'
import { apiRoute, jsonResponse } from '@/lib/http/api'
import { readTrustedAddress } from '@/lib/http/session'

/** The same answer whether or not the address has an account: only its mailbox learns that. */
export const POST = apiRoute({
  who: 'anyone',
  body: signUpRequest,
  answer: async ({ body, request, locale }) => {
    const address = readTrustedAddress(request.headers)
    const signedUp = await signUp({ ...body, locale: body.locale ?? locale, address })
    if (!signedUp.ok) return signedUp
    after(ringOutboxBell)
    return jsonResponse({ email: body.email }, 201)
  },
})
