'use server'

import { refresh } from 'next/cache'
import { readLiveVisitor } from '@/domain/identity/loaders'
import { serverAction } from '@/lib/http/action'
import { changeLine } from './setting.commands'
import { lineChangeForm } from './setting.schema'

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
