'use server'

import { refresh } from 'next/cache'
import { readLiveVisitor } from '@/domain/identity/loaders'
import { serverAction } from '@/lib/http/action'
import { saveHabit, switchHabit } from './recurring.commands'
import { habitForm, habitSwitch } from './recurring.schema'

/** An owner lets openings be announced every day. */
export const saveOwnHabit = serverAction({
  who: readLiveVisitor,
  input: habitForm,
  run: async ({ who, input: { restaurantId, version, ...habit }, address }) => {
    const actor = { accountId: who.accountId, address }
    const saved = await saveHabit({ restaurantId, version, habit, actor })
    if (saved.ok) refresh()
    return saved
  },
})

/** An owner stops repeating openings, or goes on. */
export const switchOwnHabit = serverAction({
  who: readLiveVisitor,
  input: habitSwitch,
  run: async ({ who, input, address }) => {
    const switched = await switchHabit({ ...input, actor: { accountId: who.accountId, address } })
    if (switched.ok) refresh()
    return switched
  },
})
