'use server'

import { after } from 'next/server'
import { ringOutboxBell } from '@/lib/db/outbox'
import { serverAction } from '@/lib/http/action'
import { linkRequest } from './link.schema'
import { renewLink, requestLink } from './link-request.commands'
import { linkWish } from './link-request.schema'

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
