'use server'

import { refresh } from 'next/cache'
import { readLiveVisitor } from '@/domain/identity/loaders'
import { serverAction } from '@/lib/http/action'
import { changeAuthorMinutes, giveMemberPin, setOwnPin } from './pin.commands'
import { authorMinutes, memberPin, ownPin } from './pin.schema'

/** A member of staff sets the PIN by which they act on a shared tablet. */
export const chooseOwnPin = serverAction({
  who: readLiveVisitor,
  input: ownPin,
  run: async ({ who: { accountId, sessionId }, input, address }) => {
    const set = await setOwnPin({ ...input, sessionId, actor: { accountId, address } })
    if (set.ok) refresh()
    return set
  },
})

/** An owner gives a member of staff a PIN for once, which the answer contains. */
export const givePin = serverAction({
  who: readLiveVisitor,
  input: memberPin,
  run: async ({ who, input, address }) => {
    const actor = { accountId: who.accountId, address }
    const given = await giveMemberPin({ ...input, sessionId: who.sessionId, actor })
    if (given.ok) refresh()
    return given
  },
})

/** An owner says how long a shared tablet may rest before it asks for a PIN again. */
export const setAuthorMinutes = serverAction({
  who: readLiveVisitor,
  input: authorMinutes,
  run: async ({ who: { accountId }, input, address }) => {
    const changed = await changeAuthorMinutes({ ...input, actor: { accountId, address } })
    if (changed.ok) refresh()
    return changed
  },
})
