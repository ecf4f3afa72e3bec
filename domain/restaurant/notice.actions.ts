'use server'

import { refresh } from 'next/cache'
import { after } from 'next/server'
import { readLiveVisitor } from '@/domain/identity/loaders'
import { nudgeOutbox } from '@/domain/notification/commands'
import { serverAction } from '@/lib/http/action'
import { sendHouseNotice, wishDaySheet } from './notice.commands'
import { daySheetForm, houseNotice } from './notice.schema'

/** A notice of the restaurant, once more. */
export const sendHouseNoticeAgain = serverAction({
  who: readLiveVisitor,
  input: houseNotice,
  run: async ({ who, input, address }) => {
    const actor = { accountId: who.accountId, address }
    const queued = await sendHouseNotice({ ...input, actor })
    if (queued.ok) after(nudgeOutbox)
    refresh()
    return queued
  },
})

/** The sheet of the day, for the owner who asks. */
export const switchDaySheet = serverAction({
  who: readLiveVisitor,
  input: daySheetForm,
  run: async ({ who, input, address }) => {
    const actor = { accountId: who.accountId, address }
    const switched = await wishDaySheet({ ...input, actor })
    if (switched.ok) refresh()
    return switched
  },
})
