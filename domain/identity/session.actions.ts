'use server'

import { refresh } from 'next/cache'
import { after } from 'next/server'
import { ringOutboxBell } from '@/lib/db/outbox'
import { serverAction } from '@/lib/http/action'
import { keepSession } from '@/lib/http/session-cookie'
import { refuse, succeed } from '@/lib/problems/result'
import { createLimit } from '@/lib/redis/limit'
import { readLiveVisitor } from './loaders'
import { changePassword, endSessions } from './session.commands'
import { nothing, passwordChange } from './session.schema'

const endings = createLimit({ name: 'end-sessions:account', tries: 10, windowSeconds: 60 })

/** A new password; every other device is signed out, this one stays. */
export const changeOwnPassword = serverAction({
  who: readLiveVisitor,
  input: passwordChange,
  run: async ({ who, input, address }) => {
    const changed = await changePassword({ accountId: who.accountId, address, ...input })
    if (!changed.ok) return changed
    await keepSession(changed.value)
    after(ringOutboxBell)
    refresh()
    return succeed(null)
  },
})

/** Every other device is signed out, this one stays. */
export const signOutEverywhere = serverAction({
  who: readLiveVisitor,
  input: nothing,
  run: async ({ who, address }) => {
    const limit = await endings(who.accountId)
    if (!limit.allowed) return refuse('rate-limited', { retryAfterMs: limit.retryAfterMs })
    const ended = await endSessions({ accountId: who.accountId, address })
    if (!ended.ok) return ended
    await keepSession(ended.value)
    return succeed(null)
  },
})
