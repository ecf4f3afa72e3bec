'use server'

import { refresh } from 'next/cache'
import { serverAction } from '@/lib/http/action'
import { keepSession } from '@/lib/http/session-cookie'
import { refuse, succeed } from '@/lib/problems/result'
import { createLimit } from '@/lib/redis/limit'
import { readLiveVisitor } from './loaders'
import { changeLanguage, changeProfile } from './profile.commands'
import { languageChange, profileChange } from './profile.schema'

const changes = createLimit({ name: 'profile:account', tries: 30, windowSeconds: 60 })

/** Somebody's own name and phone; the header shows the name at once. */
export const changeOwnProfile = serverAction({
  who: readLiveVisitor,
  input: profileChange,
  run: async ({ who, input, address }) => {
    const limit = await changes(who.accountId)
    if (!limit.allowed) return refuse('rate-limited', { retryAfterMs: limit.retryAfterMs })
    const changed = await changeProfile({ accountId: who.accountId, change: input, address })
    if (!changed.ok) return changed
    await keepSession(changed.value)
    refresh()
    return succeed({ name: changed.value.name })
  },
})

/** The language in which somebody is written to; the page itself changes its address. */
export const changeOwnLanguage = serverAction({
  who: readLiveVisitor,
  input: languageChange,
  run: async ({ who, input, address }) => {
    const limit = await changes(who.accountId)
    if (!limit.allowed) return refuse('rate-limited', { retryAfterMs: limit.retryAfterMs })
    const changed = await changeLanguage({ accountId: who.accountId, ...input, address })
    if (!changed.ok) return changed
    await keepSession(changed.value)
    return succeed(null)
  },
})
