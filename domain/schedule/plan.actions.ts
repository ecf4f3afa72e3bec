'use server'

import { refresh } from 'next/cache'
import { z } from 'zod'
import { readLiveVisitor } from '@/domain/identity/loaders'
import { serverAction } from '@/lib/http/action'
import { applySchedule } from './plan.commands'
import { previewSchedule } from './plan.queries'
import { planRange, planToApply } from './plan.schema'

const ofRestaurant = { restaurantId: z.uuid() }

/** An owner sees what making these dates' schedule would do. */
export const previewOwnSchedule = serverAction({
  who: readLiveVisitor,
  input: planRange.safeExtend(ofRestaurant),
  run: ({ who, input }) => previewSchedule({ ...input, accountId: who.accountId }),
})

/** An owner makes the schedule that a preview showed. */
export const applyOwnSchedule = serverAction({
  who: readLiveVisitor,
  input: planToApply.safeExtend(ofRestaurant),
  run: async ({ who, input, address }) => {
    const applied = await applySchedule({ ...input, actor: { accountId: who.accountId, address } })
    refresh()
    return applied
  },
})
