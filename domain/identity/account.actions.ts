'use server'

import { refresh } from 'next/cache'
import { ringOutboxBell } from '@/lib/db/outbox'
import { serverAction } from '@/lib/http/action'
import { after } from '@/lib/http/after'
import { refuse, succeed } from '@/lib/problems/result'
import { createLimit, takeEach } from '@/lib/redis/limit'
import {
  askToBeOwner,
  askToChangeAddress,
  askToConfirmAgain,
  changeAddress,
  changeLanguage,
  changeProfile,
} from './account.commands'
import { addressChange, languageChange, nothing, profileChange } from './account.schema'
import { disconnectLogin } from './external-login.commands'
import { disconnecting } from './external-login.schema'
import { linkRequest } from './link.schema'
import { readOwnVisitor } from './loaders'
import { continueSession } from './session.loaders'

const changes = createLimit({ name: 'profile:account', tries: 30, windowSeconds: 60 })

/** Changes the visitor's own name and phone; the header shows the new name at once. */
export const changeOwnProfile = serverAction({
  who: readOwnVisitor,
  input: profileChange,
  run: async ({ who, input, address }) => {
    const limit = await changes(who.accountId)
    if (!limit.allowed) return refuse('rate-limited', { retryAfterMs: limit.retryAfterMs })
    const changed = await changeProfile({ accountId: who.accountId, change: input, address })
    if (!changed.ok) return changed
    const continued = await continueSession({ who, claims: changed.value })
    if (!continued.ok) return continued
    refresh()
    return succeed({ name: changed.value.name })
  },
})

/** Changes the language of the visitor's mail; the page itself changes its own address. */
export const changeOwnLanguage = serverAction({
  who: readOwnVisitor,
  input: languageChange,
  run: async ({ who, input, address }) => {
    const limit = await changes(who.accountId)
    if (!limit.allowed) return refuse('rate-limited', { retryAfterMs: limit.retryAfterMs })
    const changed = await changeLanguage({ accountId: who.accountId, ...input, address })
    return changed.ok ? continueSession({ who, claims: changed.value }) : changed
  },
})

/** Limited per account, and per mailbox of a stranger that would be filled. */
const mails = createLimit({ name: 'address-mail:account', tries: 5, windowSeconds: 900 })
const mailbox = createLimit({ name: 'address-mail:mailbox', tries: 5, windowSeconds: 900 })

/** Asks for a new address, which takes effect once the link mailed to it is used. */
export const askForNewAddress = serverAction({
  who: readOwnVisitor,
  input: addressChange,
  run: async ({ who: { accountId, sessionId }, input: { email }, address }) => {
    const limited = await takeEach([
      [mails, accountId],
      [mailbox, email],
    ])
    if (limited) return limited
    const asked = await askToChangeAddress({ accountId, sessionId, address, email })
    if (!asked.ok) return asked
    after(ringOutboxBell)
    refresh()
    return succeed({ email })
  },
})

/** Mails the sign-up link once more. */
export const confirmAddressAgain = serverAction({
  who: readOwnVisitor,
  input: nothing,
  run: async ({ who: { accountId, email }, address }) => {
    // Not per mailbox: it is the account's own, and others who type it must not use it up.
    const limited = await takeEach([[mails, accountId]])
    if (limited) return limited
    const asked = await askToConfirmAgain({ accountId, address })
    if (!asked.ok) return asked
    after(ringOutboxBell)
    return succeed({ email })
  },
})

/** Confirms a new address by the link mailed to it; only the account that asked for it can. */
export const changeAddressByLink = serverAction({
  who: readOwnVisitor,
  input: linkRequest,
  run: async ({ who, input, address }) => {
    const { accountId, sessionId } = who
    const changed = await changeAddress({ ...input, accountId, sessionId, address })
    if (!changed.ok) return changed
    after(ringOutboxBell)
    return continueSession({ who, claims: changed.value })
  },
})

const requests = createLimit({ name: 'ask-to-own:account', tries: 5, windowSeconds: 3600 })

/** Asks for ownership; an admin answers by mail, and here. */
export const askForOwnership = serverAction({
  who: readOwnVisitor,
  input: nothing,
  run: async ({ who, address }) => {
    const { accountId } = who
    const limit = await requests(accountId)
    if (!limit.allowed) return refuse('rate-limited', { retryAfterMs: limit.retryAfterMs })
    const asked = await askToBeOwner({ accountId, address })
    if (!asked.ok) return asked
    const continued = await continueSession({ who, claims: asked.value })
    if (!continued.ok) return continued
    refresh()
    return succeed(null)
  },
})

/** Disconnects a Kakao or Naver login from the visitor's own account, never the last way in. */
export const disconnectOwnLogin = serverAction({
  who: readOwnVisitor,
  input: disconnecting,
  run: async ({ who: { accountId, sessionId }, input, address }) => {
    const disconnected = await disconnectLogin({ accountId, sessionId, address, ...input })
    if (disconnected.ok) refresh()
    return disconnected
  },
})
