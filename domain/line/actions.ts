'use server'

import { refresh } from 'next/cache'
import { readLiveVisitor } from '@/domain/identity/loaders'
import { staffActor } from '@/domain/restaurant/author.loaders'
import { serverAction } from '@/lib/http/action'
import { connectKiosk, revokeKiosk } from './kiosk.commands'
import { kioskChoice, kioskForm } from './kiosk.schema'
import { changeLine } from './setting.commands'
import { lineChangeForm } from './setting.schema'

/** An owner makes a tablet a kiosk; the answer contains its token, this once. */
export const connectOwnKiosk = serverAction({
  who: readLiveVisitor,
  input: kioskForm,
  run: async ({ who, input, address }) => {
    const { accountId, sessionId } = who
    const connected = await connectKiosk({ actor: { accountId, address }, sessionId, ...input })
    if (connected.ok) refresh()
    return connected
  },
})

/** An owner revokes a kiosk. */
export const revokeOwnKiosk = serverAction({
  who: readLiveVisitor,
  input: kioskChoice,
  run: async ({ who: { accountId, sessionId }, input, address }) => {
    const actor = { accountId, address }
    const revoked = await revokeKiosk({ actor, sessionId, ...input })
    if (revoked.ok) refresh()
    return revoked
  },
})

/** Staff open, pause or close the restaurant's line, and limit its length. */
export const changeOwnLine = serverAction({
  who: staffActor,
  input: lineChangeForm,
  run: async ({ who, input, address }) => {
    const actor = { accountId: who.accountId, address }
    const changed = await changeLine({ actor, ...input })
    if (changed.ok) refresh()
    return changed
  },
})
