'use server'

import { refresh } from 'next/cache'
import { readLiveVisitor } from '@/domain/identity/loaders'
import { serverAction } from '@/lib/http/action'
import { changeSlot } from './slot.commands'
import { ownSlotChange } from './slot.schema'

/** Staff block a slot of their restaurant, or change or delete it. */
export const changeOwnSlot = serverAction({
  who: readLiveVisitor,
  input: ownSlotChange,
  run: async ({ who, input, address }) => {
    const changed = await changeSlot({ ...input, actor: { accountId: who.accountId, address } })
    refresh()
    return changed
  },
})
