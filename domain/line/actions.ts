'use server'

import { refresh } from 'next/cache'
import { readLiveVisitor } from '@/domain/identity/loaders'
import { serverAction } from '@/lib/http/action'
import { connectKiosk, revokeKiosk } from './kiosk.commands'
import { kioskChoice, kioskForm } from './kiosk.schema'
import { changeLine } from './setting.commands'
import { lineChangeForm } from './setting.schema'

/** A tablet becomes a kiosk, for an owner; the answer has its token, once. */
export const connectOwnKiosk = serverAction({
  who: readLiveVisitor,
  input: kioskForm,
  run: async ({ who, input, address }) => {
    const actor = { accountId: who.accountId, address }
    const connected = await connectKiosk({ actor, ...input })
    if (connected.ok) refresh()
    return connected
  },
})

/** A tablet is one no more, for an owner. */
export const revokeOwnKiosk = serverAction({
  who: readLiveVisitor,
  input: kioskChoice,
  run: async ({ who, input, address }) => {
    const actor = { accountId: who.accountId, address }
    const revoked = await revokeKiosk({ actor, ...input })
    if (revoked.ok) refresh()
    return revoked
  },
})

/** The line open, paused or closed, and how long it may get, for the restaurant's staff. */
export const changeOwnLine = serverAction({
  who: readLiveVisitor,
  input: lineChangeForm,
  run: async ({ who, input, address }) => {
    const actor = { accountId: who.accountId, address }
    const changed = await changeLine({ actor, ...input })
    if (changed.ok) refresh()
    return changed
  },
})
