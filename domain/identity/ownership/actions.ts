'use server'

import { refresh } from 'next/cache'
import { serverAction } from '@/lib/action'
import { createLimit } from '@/lib/limit'
import { refuse, succeed } from '@/lib/result'
import { keepSession } from '@/lib/session-cookie'
import { readLiveVisitor } from '../loaders'
import { nothing } from '../session/schema'
import { askToBeOwner } from './commands'

const requests = createLimit({ name: 'ask-to-own:account', tries: 5, windowSeconds: 3600 })

/** Asks to be an owner; an admin answers by mail, and here. */
export const askForOwnership = serverAction({
  who: readLiveVisitor,
  input: nothing,
  run: async ({ who: { accountId }, address }) => {
    const limit = await requests(accountId)
    if (!limit.allowed) return refuse('rate-limited', { retryAfterMs: limit.retryAfterMs })
    const asked = await askToBeOwner({ accountId, address })
    if (!asked.ok) return asked
    await keepSession(asked.value)
    refresh()
    return succeed(null)
  },
})
