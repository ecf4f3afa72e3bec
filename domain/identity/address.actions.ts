'use server'

import { refresh } from 'next/cache'
import { after } from 'next/server'
import { ringOutboxBell } from '@/lib/db/outbox'
import { serverAction } from '@/lib/http/action'
import { keepSession } from '@/lib/http/session-cookie'
import { refuse, succeed } from '@/lib/problems/result'
import { createLimit } from '@/lib/redis/limit'
import { askToChangeAddress, askToConfirmAgain, changeAddress } from './address.commands'
import { addressChange } from './address.schema'
import { linkRequest } from './link.schema'
import { readLiveVisitor } from './loaders'
import { nothing } from './session.schema'

/** By account, and by the mailbox that would be filled. */
const mails = createLimit({ name: 'address-mail:account', tries: 5, windowSeconds: 900 })
const mailbox = createLimit({ name: 'address-mail:mailbox', tries: 5, windowSeconds: 900 })

async function limitMails({ accountId, email }: { accountId: string; email: string }) {
  for (const [limit, subject] of [
    [mails, accountId],
    [mailbox, email],
  ] as const) {
    const decision = await limit(subject)
    if (!decision.allowed) return refuse('rate-limited', { retryAfterMs: decision.retryAfterMs })
  }
  return succeed(null)
}

/** The address changes once the link mailed to it is pressed. */
export const askForNewAddress = serverAction({
  who: readLiveVisitor,
  input: addressChange,
  run: async ({ who: { accountId }, input: { email }, address }) => {
    const limited = await limitMails({ accountId, email })
    if (!limited.ok) return limited
    const asked = await askToChangeAddress({ accountId, address, email })
    if (!asked.ok) return asked
    after(ringOutboxBell)
    refresh()
    return succeed({ email })
  },
})

/** The link of sign-up, once more. */
export const confirmAddressAgain = serverAction({
  who: readLiveVisitor,
  input: nothing,
  run: async ({ who: { accountId, email }, address }) => {
    const limited = await limitMails({ accountId, email })
    if (!limited.ok) return limited
    const asked = await askToConfirmAgain({ accountId, address })
    if (!asked.ok) return asked
    after(ringOutboxBell)
    return succeed({ email })
  },
})

/** The press on the page of the link mailed to the new address, by whoever asked for it. */
export const changeAddressByLink = serverAction({
  who: readLiveVisitor,
  input: linkRequest,
  run: async ({ who: { accountId }, input, address }) => {
    const changed = await changeAddress({ ...input, accountId, address })
    if (!changed.ok) return changed
    await keepSession(changed.value)
    after(ringOutboxBell)
    return succeed(null)
  },
})
