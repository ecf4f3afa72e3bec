'use server'

import { refresh } from 'next/cache'
import { readLiveVisitor } from '@/domain/identity/loaders'
import { serverAction } from '@/lib/http/action'
import { changeMemberRole, removeMember } from './staff.commands'
import { memberForm, memberRoleForm } from './staff.schema'

export const changeStaffRole = serverAction({
  who: readLiveVisitor,
  input: memberRoleForm,
  run: async ({ who, input, address }) => {
    const actor = { accountId: who.accountId, address }
    const changed = await changeMemberRole({ actor, ...input })
    if (changed.ok) refresh()
    return changed
  },
})

export const removeStaff = serverAction({
  who: readLiveVisitor,
  input: memberForm,
  run: async ({ who, input, address }) => {
    const removed = await removeMember({ actor: { accountId: who.accountId, address }, ...input })
    if (removed.ok) refresh()
    return removed
  },
})
