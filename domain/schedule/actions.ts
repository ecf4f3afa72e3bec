'use server'

import { refresh } from 'next/cache'
import { z } from 'zod'
import { readLiveVisitor } from '@/domain/identity/loaders'
import { serverAction } from '@/lib/http/action'
import { setAutoExtend } from './auto-extend.commands'
import { reopenDate } from './closure.commands'
import { dateToReopen } from './closure.schema'
import { applySchedule } from './plan.commands'
import { previewSchedule } from './plan.queries'
import { autoExtendSetting, planRange, planToApply, tableToRetire } from './plan.schema'
import { retireTable } from './retire-table.commands'
import { changeSlot } from './slot.commands'
import { ownSlotChange } from './slot.schema'

const ofRestaurant = { restaurantId: z.uuid() }

/** An owner previews what making the schedule for these dates would do. */
export const previewOwnSchedule = serverAction({
  who: readLiveVisitor,
  input: planRange.safeExtend(ofRestaurant),
  run: ({ who, input }) => previewSchedule({ ...input, accountId: who.accountId }),
})

/** An owner applies the schedule shown in a preview. */
export const applyOwnSchedule = serverAction({
  who: readLiveVisitor,
  input: planToApply.safeExtend(ofRestaurant),
  run: async ({ who, input, address }) => {
    const applied = await applySchedule({ ...input, actor: { accountId: who.accountId, address } })
    refresh()
    return applied
  },
})

/** Staff block, change or delete a slot of their restaurant. */
export const changeOwnSlot = serverAction({
  who: readLiveVisitor,
  input: ownSlotChange,
  run: async ({ who, input, address }) => {
    const changed = await changeSlot({ ...input, actor: { accountId: who.accountId, address } })
    refresh()
    return changed
  },
})

/** An owner reopens a closed date. */
export const reopenOwnDate = serverAction({
  who: readLiveVisitor,
  input: dateToReopen,
  run: async ({ who, input, address }) => {
    const opened = await reopenDate({ ...input, actor: { accountId: who.accountId, address } })
    if (opened.ok) refresh()
    return opened
  },
})

/** An owner takes a table out of use. */
export const retireOwnTable = serverAction({
  who: readLiveVisitor,
  input: tableToRetire,
  run: async ({ who, input, address }) => {
    const retired = await retireTable({ ...input, actor: { accountId: who.accountId, address } })
    if (retired.ok) refresh()
    return retired
  },
})

/** An owner turns automatic extension of the schedule on or off. */
export const setOwnAutoExtend = serverAction({
  who: readLiveVisitor,
  input: autoExtendSetting,
  run: async ({ who, input, address }) => {
    const kept = await setAutoExtend({ ...input, actor: { accountId: who.accountId, address } })
    if (kept.ok) refresh()
    return kept
  },
})
