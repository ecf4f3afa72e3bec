'use server'

import { refresh } from 'next/cache'
import { after } from 'next/server'
import { readLiveVisitor } from '@/domain/identity/loaders'
import { serverAction } from '@/lib/http/action'
import { nudgeOutbox } from './commands'
import { sendSample } from './sample.commands'
import { sampleForm } from './sample.schema'

/** Any mail with sample data, to the admin who asks. */
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
