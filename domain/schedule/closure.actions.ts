'use server'

import { refresh } from 'next/cache'
import { readLiveVisitor } from '@/domain/identity/loaders'
import { serverAction } from '@/lib/http/action'
import { closeDate, reopenDate } from './closure.commands'
import { dateToClose, dateToReopen } from './closure.schema'

/** An owner closes a single date. */
export const closeOwnDate = serverAction({
  who: readLiveVisitor,
  input: dateToClose,
  run: async ({ who, input, address }) => {
    const closed = await closeDate({ ...input, actor: { accountId: who.accountId, address } })
    if (closed.ok) refresh()
    return closed
  },
})

/** An owner takes a closure back. */
export const reopenOwnDate = serverAction({
  who: readLiveVisitor,
  input: dateToReopen,
  run: async ({ who, input, address }) => {
    const opened = await reopenDate({ ...input, actor: { accountId: who.accountId, address } })
    if (opened.ok) refresh()
    return opened
  },
})
