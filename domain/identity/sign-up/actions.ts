'use server'

import { after } from 'next/server'
import { serverAction } from '@/lib/action'
import { ringOutboxBell } from '@/lib/outbox'
import { succeed } from '@/lib/result'
import { keepSignUp } from '@/lib/sign-up-cookie'
import { signUp } from './commands'
import { signUpForm } from './schema'

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
