'use server'

import { refresh } from 'next/cache'
import { after } from 'next/server'
import { serverAction } from '@/lib/action'
import { createLimit } from '@/lib/limit'
import { ringOutboxBell } from '@/lib/outbox'
import { refuse, succeed } from '@/lib/result'
import { keepSession } from '@/lib/session-cookie'
import { readLiveVisitor } from '../loaders'
import { changePassword, endSessions } from './commands'
import { nothing, passwordChange } from './schema'

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
