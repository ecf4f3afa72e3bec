'use server'

import { after } from 'next/server'
import { ringOutboxBell } from '@/lib/db/outbox'
import { serverAction } from '@/lib/http/action'
import { keepSignUp } from '@/lib/http/sign-up-cookie'
import { succeed } from '@/lib/problems/result'
import { signUp } from './sign-up.commands'
import { signUpForm } from './sign-up.schema'

/** Signs somebody up; this browser is remembered as the one that chose the password. */
export const signUpHere = serverAction({
  who: 'anyone',
  input: signUpForm,
  run: async ({ input, locale, address }) => {
    const signedUp = await signUp({ ...input, locale, address })
    if (!signedUp.ok) return signedUp
    await keepSignUp(signedUp.value.signUpId)
    after(ringOutboxBell)
    return succeed({ email: input.email })
  },
})
