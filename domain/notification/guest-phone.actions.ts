'use server'

import { refresh } from 'next/cache'
import { readLink } from '@/lib/crypto/link-token'
import { serverAction } from '@/lib/http/action'
import { refuse } from '@/lib/problems/result'
import { createLimit } from '@/lib/redis/limit'
import { addGuestDevice, removeGuestDevice } from './guest-phone.commands'
import { guestDeviceForm, guestEndpointForm } from './guest-phone.schema'

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
