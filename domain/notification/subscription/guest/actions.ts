'use server'

import { refresh } from 'next/cache'
import { serverAction } from '@/lib/action'
import { createLimit } from '@/lib/limit'
import { readLink } from '@/lib/link-token'
import { refuse } from '@/lib/result'
import { addGuestDevice, removeGuestDevice } from './commands'
import { guestDeviceForm, guestEndpointForm } from './schema'

const changes = createLimit({ name: 'devices:ticket', tries: 30, windowSeconds: 60 })

/** Signed in or not: the ticket's link is what says who asks. */
export const turnOnGuestPush = serverAction({
  who: 'anyone',
  input: guestDeviceForm,
  run: async ({ input: { ticket, ...device } }) => {
    const ticketId = readLink({ kind: 'ticket', token: ticket })
    if (!ticketId) return refuse('not-found')
    const limit = await changes(ticketId)
    if (!limit.allowed) return refuse('rate-limited', { retryAfterMs: limit.retryAfterMs })
    const added = await addGuestDevice({ ticketId, device })
    if (added.ok) refresh()
    return added
  },
})

/** The same browser is left alone. */
export const turnOffGuestPush = serverAction({
  who: 'anyone',
  input: guestEndpointForm,
  run: async ({ input: { ticket, endpoint } }) => {
    const ticketId = readLink({ kind: 'ticket', token: ticket })
    if (!ticketId) return refuse('not-found')
    const removed = await removeGuestDevice({ ticketId, endpoint })
    refresh()
    return removed
  },
})
