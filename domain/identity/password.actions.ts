'use server'

import { after } from 'next/server'
import { ringOutboxBell } from '@/lib/db/outbox'
import { serverAction } from '@/lib/http/action'
import { keepSession } from '@/lib/http/session-cookie'
import { forgetSignUp } from '@/lib/http/sign-up-cookie'
import { succeed } from '@/lib/problems/result'
import { choosePassword } from './password.commands'
import { passwordByLink } from './password.schema'

/** A new password by a mailed link: every device is signed out, this one comes in. */
export const choosePasswordByLink = serverAction({
  who: 'anyone',
  input: passwordByLink,
  run: async ({ input, address }) => {
    const chosen = await choosePassword({ ...input, address })
    if (!chosen.ok) return chosen
    await keepSession(chosen.value)
    await forgetSignUp()
    after(ringOutboxBell)
    return succeed(null)
  },
})
