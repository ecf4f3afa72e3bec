'use server'

import { refresh } from 'next/cache'
import { readLiveVisitor } from '@/domain/identity/loaders'
import { serverAction } from '@/lib/http/action'
import { addTables, changeTable } from './table.commands'
import { tableChange, tablesToAdd } from './table.schema'

/** An owner adds tables of one class. */
export const addOwnTables = serverAction({
  who: readLiveVisitor,
  input: tablesToAdd,
  run: async ({ who, input, address }) => {
    const added = await addTables({ ...input, actor: { accountId: who.accountId, address } })
    if (added.ok) refresh()
    return added
  },
})

/** An owner changes a table's number or the parties it is for. */
export const changeOwnTable = serverAction({
  who: readLiveVisitor,
  input: tableChange,
  run: async ({ who, input, address }) => {
    const changed = await changeTable({ ...input, actor: { accountId: who.accountId, address } })
    if (changed.ok) refresh()
    return changed
  },
})
