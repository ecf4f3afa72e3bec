'use server'

import { refresh } from 'next/cache'
import { readLiveVisitor } from '@/domain/identity/loaders'
import { serverAction } from '@/lib/http/action'
import { saveHours } from './hours.commands'
import { hoursChange } from './hours.schema'

/** An owner saves the ordinary week of their restaurant. */
export const saveOwnHours = serverAction({
  who: readLiveVisitor,
  input: hoursChange,
  run: async ({ who, input, address }) => {
    const saved = await saveHours({ ...input, actor: { accountId: who.accountId, address } })
    if (saved.ok) refresh()
    return saved
  },
})
