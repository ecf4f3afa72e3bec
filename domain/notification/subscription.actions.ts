'use server'

import { refresh } from 'next/cache'
import { readOwnVisitor } from '@/domain/identity/loaders'
import { readLink } from '@/lib/crypto/link-token'
import { serverAction } from '@/lib/http/action'
import { refuse } from '@/lib/problems/result'
import { createLimit } from '@/lib/redis/limit'
import {
  addDevice,
  addGuestDevice,
  chooseFirstChannel,
  removeDevice,
  removeGuestDevice,
} from './subscription.commands'
import {
  channelForm,
  deviceForm,
  endpointForm,
  guestDeviceForm,
  guestEndpointForm,
} from './subscription.schema'

const changes = createLimit({ name: 'devices:account', tries: 30, windowSeconds: 60 })

/** Turns push on for this browser. */
export const turnOnPush = serverAction({
  who: readOwnVisitor,
  input: deviceForm,
  run: async ({ who: { accountId, sessionId }, input: device }) => {
    const limit = await changes(accountId)
    if (!limit.allowed) return refuse('rate-limited', { retryAfterMs: limit.retryAfterMs })
    const added = await addDevice({ accountId, sessionId, device })
    if (added.ok) refresh()
    return added
  },
})

/** Turns push off for this browser. */
export const turnOffPush = serverAction({
  who: readOwnVisitor,
  input: endpointForm,
  run: async ({ who: { accountId }, input: { endpoint } }) => {
    const removed = await removeDevice({ accountId, endpoint })
    if (removed.ok) refresh()
    return removed
  },
})

/** Chooses which channel the visitor is notified through first. */
export const chooseOwnChannel = serverAction({
  who: readOwnVisitor,
  input: channelForm,
  run: async ({ who: { accountId }, input: { first } }) => {
    const limit = await changes(accountId)
    if (!limit.allowed) return refuse('rate-limited', { retryAfterMs: limit.retryAfterMs })
    const chosen = await chooseFirstChannel({ accountId, first })
    if (chosen.ok) refresh()
    return chosen
  },
})

const guestChanges = createLimit({ name: 'devices:ticket', tries: 30, windowSeconds: 60 })

/** Turns push on for a ticket. The ticket's link identifies the guest, signed in or not. */
export const turnOnGuestPush = serverAction({
  who: 'anyone',
  input: guestDeviceForm,
  run: async ({ input: { ticket, ...device } }) => {
    const ticketId = readLink({ kind: 'ticket', token: ticket })
    if (!ticketId) return refuse('not-found')
    const limit = await guestChanges(ticketId)
    if (!limit.allowed) return refuse('rate-limited', { retryAfterMs: limit.retryAfterMs })
    const added = await addGuestDevice({ ticketId, device })
    if (added.ok) refresh()
    return added
  },
})

/** Turns push off for a ticket. */
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
