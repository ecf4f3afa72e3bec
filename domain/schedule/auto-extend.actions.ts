'use server'

import { refresh } from 'next/cache'
import { readLiveVisitor } from '@/domain/identity/loaders'
import { serverAction } from '@/lib/http/action'
import { keepSchedule } from './auto-extend.commands'
import { scheduleToKeep } from './auto-extend.schema'

/** An owner lets the service go on making dates, or stops it. */
export const keepOwnSchedule = serverAction({
  who: readLiveVisitor,
  input: scheduleToKeep,
  run: async ({ who, input, address }) => {
    const kept = await keepSchedule({ ...input, actor: { accountId: who.accountId, address } })
    if (kept.ok) refresh()
    return kept
  },
})
