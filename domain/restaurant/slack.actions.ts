'use server'

import { refresh } from 'next/cache'
import { readLiveVisitor } from '@/domain/identity/loaders'
import { serverAction } from '@/lib/http/action'
import { setSlackHook } from './slack.commands'
import { slackForm } from './slack.schema'

/** Where the restaurant's Slack takes messages, or that it takes none. */
export const connectSlack = serverAction({
  who: readLiveVisitor,
  input: slackForm,
  run: async ({ who: { accountId }, input, locale, address }) => {
    const set = await setSlackHook({ ...input, locale, actor: { accountId, address } })
    if (set.ok) refresh()
    return set
  },
})
