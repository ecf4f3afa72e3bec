'use server'

import { after } from 'next/server'
import { serverAction } from '@/lib/action'
import { ringOutboxBell } from '@/lib/outbox'
import { succeed } from '@/lib/result'
import { keepSession } from '@/lib/session-cookie'
import { forgetSignUp } from '@/lib/sign-up-cookie'
import { choosePassword } from './commands'
import { passwordByLink } from './schema'

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
