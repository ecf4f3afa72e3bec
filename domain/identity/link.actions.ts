'use server'

import { after } from 'next/server'
import { ringOutboxBell } from '@/lib/db/outbox'
import { serverAction } from '@/lib/http/action'
import { keepSession } from '@/lib/http/session-cookie'
import { forgetSignUp, readSignUp } from '@/lib/http/sign-up-cookie'
import { succeed } from '@/lib/problems/result'
import { linkRequest, linkWish } from './link.schema'
import { renewLink, requestLink } from './link-request.commands'
import { confirmAddress, signInByLink } from './link-visit.commands'

/** Mails a link if the address has an account; the answer never reveals whether it has one. */
export const askForLink = serverAction({
  who: 'anyone',
  input: linkWish,
  run: async ({ input, address }) => {
    const asked = await requestLink({ ...input, address })
    if (asked.ok) after(ringOutboxBell)
    return asked
  },
})

/** Mails a new link to the mailbox an old one went to. */
export const askForNewLink = serverAction({
  who: 'anyone',
  input: linkRequest,
  run: async ({ input, address }) => {
    const asked = await renewLink({ ...input, address })
    if (asked.ok) after(ringOutboxBell)
    return asked
  },
})

/** Uses a sign-up link: confirms the address and signs this browser in. */
export const confirmAddressByLink = serverAction({
  who: 'anyone',
  input: linkRequest,
  run: async ({ input, address }) => {
    const confirmed = await confirmAddress({ ...input, signUpId: await readSignUp(), address })
    if (!confirmed.ok) return confirmed
    await keepSession(confirmed.value)
    await forgetSignUp()
    return succeed(null)
  },
})

/** Uses a sign-in link. */
export const enterByLink = serverAction({
  who: 'anyone',
  input: linkRequest,
  run: async ({ input, address }) => {
    const signedIn = await signInByLink({ ...input, address })
    if (!signedIn.ok) return signedIn
    await keepSession(signedIn.value)
    return succeed(null)
  },
})
