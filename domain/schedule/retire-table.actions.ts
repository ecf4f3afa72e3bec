'use server'

import { refresh } from 'next/cache'
import { readLiveVisitor } from '@/domain/identity/loaders'
import { serverAction } from '@/lib/http/action'
import { retireTable } from './retire-table.commands'
import { tableToRetire } from './retire-table.schema'

/** An owner takes a table out of use. */
export const retireOwnTable = serverAction({
  who: readLiveVisitor,
  input: tableToRetire,
  run: async ({ who, input, address }) => {
    const retired = await retireTable({ ...input, actor: { accountId: who.accountId, address } })
    if (retired.ok) refresh()
    return retired
  },
})
