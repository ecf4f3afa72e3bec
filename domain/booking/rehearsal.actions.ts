'use server'

import { refresh } from 'next/cache'
import { readLiveVisitor } from '@/domain/identity/loaders'
import { rehearsalWish } from '@/domain/opening/rehearsal.schema'
import { serverAction } from '@/lib/http/action'
import { rehearseOpening } from './rehearsal.commands'

/** An owner rehearses an announced opening. */
export const rehearseOwnOpening = serverAction({
  who: readLiveVisitor,
  input: rehearsalWish,
  run: async ({ who, input, address }) => {
    const actor = { accountId: who.accountId, address }
    const rehearsed = await rehearseOpening({ ...input, actor })
    if (rehearsed.ok) refresh()
    return rehearsed
  },
})
