'use server'

import { refresh } from 'next/cache'
import { after } from 'next/server'
import { readLiveVisitor } from '@/domain/identity/loaders'
import { serverAction } from '@/lib/action'
import { nudgeOutbox } from '../commands'
import { sendSample } from './commands'
import { sampleForm } from './schema'

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
