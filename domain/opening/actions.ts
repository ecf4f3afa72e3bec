'use server'

import { refresh } from 'next/cache'
import { z } from 'zod'
import { readLiveVisitor } from '@/domain/identity/loaders'
import { nudgeOutbox } from '@/domain/notification/commands'
import { serverAction } from '@/lib/http/action'
import { after } from '@/lib/http/after'
import { announceDraft, cancelOpening, changeRate } from './plan.commands'
import { previewOpening } from './plan.queries'
import { cancellation, openingDraft, rateChange } from './plan.schema'
import { saveRecurringOpening, switchRecurringOpening } from './recurring.commands'
import { recurringOpeningForm, recurringOpeningSwitch } from './recurring.schema'

const ofOpening = { openingId: z.uuid() }

/** An owner previews what announcing an opening would publish. */
export const previewOwnOpening = serverAction({
  who: readLiveVisitor,
  input: openingDraft,
  run: ({ who, input }) => previewOpening({ draft: input, accountId: who.accountId }),
})

/** An owner announces an opening. */
export const announceOwnOpening = serverAction({
  who: readLiveVisitor,
  input: openingDraft,
  run: async ({ who, input, address }) => {
    const announced = await announceDraft({
      draft: input,
      actor: { accountId: who.accountId, address },
    })
    refresh()
    return announced
  },
})

/** An owner makes turns come faster or slower. */
export const changeOwnRate = serverAction({
  who: readLiveVisitor,
  input: rateChange.safeExtend(ofOpening),
  run: async ({ who, input: { openingId, ...change }, address }) => {
    const actor = { accountId: who.accountId, address }
    const changed = await changeRate({ openingId, change, actor })
    if (changed.ok) after(nudgeOutbox)
    refresh()
    return changed
  },
})

/** An owner cancels an announced opening. */
export const cancelOwnOpening = serverAction({
  who: readLiveVisitor,
  input: cancellation.safeExtend(ofOpening),
  run: async ({ who, input, address }) => {
    const cancelled = await cancelOpening({
      ...input,
      actor: { accountId: who.accountId, address },
    })
    if (cancelled.ok) after(nudgeOutbox)
    refresh()
    return cancelled
  },
})

/** An owner has openings announced every day. */
export const saveOwnRecurringOpening = serverAction({
  who: readLiveVisitor,
  input: recurringOpeningForm,
  run: async ({ who, input: { restaurantId, version, ...recurring }, address }) => {
    const actor = { accountId: who.accountId, address }
    const saved = await saveRecurringOpening({ restaurantId, version, recurring, actor })
    if (saved.ok) refresh()
    return saved
  },
})

/** An owner stops or resumes the recurring opening. */
export const switchOwnRecurringOpening = serverAction({
  who: readLiveVisitor,
  input: recurringOpeningSwitch,
  run: async ({ who, input, address }) => {
    const switched = await switchRecurringOpening({
      ...input,
      actor: { accountId: who.accountId, address },
    })
    if (switched.ok) refresh()
    return switched
  },
})
