'use server'

import { readLiveVisitor } from '@/domain/identity/loaders'
import { serverAction } from '@/lib/http/action'
import { refuse } from '@/lib/problems/result'
import { createLimit } from '@/lib/redis/limit'
import { leaveService } from './delete-account.commands'
import { leaving } from './delete-account.schema'

const tries = createLimit({ name: 'leave:account', tries: 10, windowSeconds: 60 })

/**
 * Erases whoever asks. The page then throws its session away: an answer that sets a cookie would draw
 * the page anew for nobody, before anybody has read that it was done.
 */
export const leaveForGood = serverAction({
  who: readLiveVisitor,
  input: leaving,
  run: async ({ who: { accountId, email }, input }) => {
    const limit = await tries(accountId)
    if (!limit.allowed) return refuse('rate-limited', { retryAfterMs: limit.retryAfterMs })
    return leaveService({ accountId, email, leaving: input })
  },
})
