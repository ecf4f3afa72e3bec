'use server'

import { refresh } from 'next/cache'
import { readLiveVisitor } from '@/domain/identity/loaders'
import { nudgeOutbox } from '@/domain/notification/commands'
import { serverAction } from '@/lib/http/action'
import { after } from '@/lib/http/after'
import { renewCachedPages } from '@/lib/http/cached-pages'
import {
  approveOwner as approve,
  refuseOwner as refuse,
  withdrawApproval as withdraw,
} from './owner-approval.commands'
import { approval, refusal } from './owner-approval.schema'

/** An admin approves an owner. */
export const approveOwner = serverAction({
  who: readLiveVisitor,
  input: approval,
  run: async ({ who, input, address }) => {
    const decided = await approve({ ...input, actor: { accountId: who.accountId, address } })
    if (decided.ok) {
      after(nudgeOutbox)
      refresh()
    }
    return decided
  },
})

/** An admin refuses an applicant for ownership. */
export const refuseOwner = serverAction({
  who: readLiveVisitor,
  input: refusal,
  run: async ({ who, input, address }) => {
    const decided = await refuse({ ...input, actor: { accountId: who.accountId, address } })
    if (decided.ok) {
      after(nudgeOutbox)
      refresh()
    }
    return decided
  },
})

/** An admin withdraws an approval. */
export const withdrawApproval = serverAction({
  who: readLiveVisitor,
  input: refusal,
  run: async ({ who, input, address }) => {
    const decided = await withdraw({ ...input, actor: { accountId: who.accountId, address } })
    if (decided.ok) {
      after(nudgeOutbox)
      renewCachedPages()
    }
    return decided
  },
})
