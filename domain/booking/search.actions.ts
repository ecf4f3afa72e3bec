'use server'

import { refresh } from 'next/cache'
import { after } from 'next/server'
import { readLiveVisitor } from '@/domain/identity/loaders'
import { nudgeOutbox } from '@/domain/notification/commands'
import { serverAction } from '@/lib/http/action'
import { refuse, succeed } from '@/lib/problems/result'
import { moveReservation } from './move.commands'
import { cancellation } from './search.schema'

/** An admin cancels anybody's reservation; the diner reads why. */
export const cancelReservation = serverAction({
  who: readLiveVisitor,
  input: cancellation,
  run: async ({ who, input, address }) => {
    // Its restaurant's own staff cancel on their board; this one is for admins.
    if (who.role !== 'ADMIN') return refuse('not-found')
    const actor = { accountId: who.accountId, address }
    const moved = await moveReservation({ ...input, act: 'CANCEL', actor, scope: 'staff' })
    if (!moved.ok) return moved
    after(nudgeOutbox)
    refresh()
    return succeed(null)
  },
})
