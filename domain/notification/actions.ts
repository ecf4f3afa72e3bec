'use server'

import { refresh } from 'next/cache'
import { z } from 'zod'
import { readLiveVisitor } from '@/domain/identity/loaders'
import { serverAction } from '@/lib/http/action'
import { after } from '@/lib/http/after'
import { nudgeOutbox, sendNoticeAgain } from './commands'
import { sampleForm } from './history.schema'
import { sendSample } from './sample.commands'

/** Resends any notice, for an admin. */
export const resendNotice = serverAction({
  who: readLiveVisitor,
  input: z.strictObject({ noticeId: z.uuid() }),
  run: async ({ who: { accountId }, input, address }) => {
    const queued = await sendNoticeAgain({ ...input, actor: { accountId, address } })
    if (queued.ok) after(nudgeOutbox)
    refresh()
    return queued
  },
})

/** Sends any mail with sample data to the admin who asks. */
export const sendOwnSample = serverAction({
  who: readLiveVisitor,
  input: sampleForm,
  run: async ({ who: { accountId }, input, address }) => {
    const sent = await sendSample({ ...input, actor: { accountId, address } })
    if (sent.ok) {
      after(nudgeOutbox)
      refresh()
    }
    return sent
  },
})
