'use server'

import { refresh } from 'next/cache'
import { after } from 'next/server'
import { z } from 'zod'
import { nudgeOutbox } from '@/domain/notification/commands'
import { serverAction } from '@/lib/http/action'
import { succeed } from '@/lib/problems/result'
import { cancelByLink } from './cancel-link.commands'

/** Signed in or not: the link in the mail is what says who asks. */
export const cancelLinkedReservation = serverAction({
  who: 'anyone',
  input: z.strictObject({ token: z.string().max(100) }),
  run: async ({ input, address }) => {
    const moved = await cancelByLink({ ...input, address })
    if (moved.ok) after(nudgeOutbox)
    refresh()
    return moved.ok ? succeed(null) : moved
  },
})
