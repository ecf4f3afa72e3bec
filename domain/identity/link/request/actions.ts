'use server'

import { after } from 'next/server'
import { serverAction } from '@/lib/action'
import { ringOutboxBell } from '@/lib/outbox'
import { linkRequest } from '../schema'
import { renewLink, requestLink } from './commands'
import { linkWish } from './schema'

/** Mails a link, if the address has an account; the answer never tells. */
export const askForLink = serverAction({
  who: 'anyone',
  input: linkWish,
  run: async ({ input, address }) => {
    const asked = await requestLink({ ...input, address })
    if (asked.ok) after(ringOutboxBell)
    return asked
  },
})

/** Mails a new link to where an old one went. */
export const askForNewLink = serverAction({
  who: 'anyone',
  input: linkRequest,
  run: async ({ input, address }) => {
    const asked = await renewLink({ ...input, address })
    if (asked.ok) after(ringOutboxBell)
    return asked
  },
})
