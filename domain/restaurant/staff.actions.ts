'use server'

import { refresh } from 'next/cache'
import { readLiveVisitor } from '@/domain/identity/loaders'
import { nudgeOutbox } from '@/domain/notification/commands'
import { readLink } from '@/lib/crypto/link-token'
import { serverAction } from '@/lib/http/action'
import { after } from '@/lib/http/after'
import { refuse } from '@/lib/problems/result'
import { acceptInvitation, inviteStaff, revokeInvitation } from './invitation.commands'
import { changeMemberRole, removeMember } from './staff.commands'
import {
  invitationChoice,
  invitationForm,
  invitationToken,
  memberForm,
  memberRoleForm,
} from './staff.schema'

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

/** Invites by mail, which is sent after the answer. */
export const inviteToStaff = serverAction({
  who: readLiveVisitor,
  input: invitationForm,
  run: async ({ who, input, locale, address }) => {
    const actor = { accountId: who.accountId, address }
    const invited = await inviteStaff({ actor, locale, ...input })
    if (invited.ok) {
      after(nudgeOutbox)
      refresh()
    }
    return invited
  },
})

export const revokeStaffInvitation = serverAction({
  who: readLiveVisitor,
  input: invitationChoice,
  run: async ({ who, input, address }) => {
    const actor = { accountId: who.accountId, address }
    const revoked = await revokeInvitation({ actor, ...input })
    if (revoked.ok) refresh()
    return revoked
  },
})

/** The invited person joins; the link's signature is checked before any row is read. */
export const acceptStaffInvitation = serverAction({
  who: readLiveVisitor,
  input: invitationToken,
  run: async ({ who, input, address }) => {
    const invitationId = readLink({ kind: 'invitation', token: input.token })
    if (!invitationId) return refuse('link-unknown')
    return acceptInvitation({ invitationId, actor: { accountId: who.accountId, address } })
  },
})
