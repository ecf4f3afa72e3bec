'use server'

import { refresh } from 'next/cache'
import { serverAction } from '@/lib/http/action'
import { keepSession } from '@/lib/http/session-cookie'
import { refuse, succeed } from '@/lib/problems/result'
import { createLimit } from '@/lib/redis/limit'
import { readLiveVisitor } from './loaders'
import { askToBeOwner } from './owner-application.commands'
import { nothing } from './session.schema'

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
