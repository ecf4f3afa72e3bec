'use server'

import { refresh } from 'next/cache'
import { ringOutboxBell } from '@/lib/db/outbox'
import { serverAction } from '@/lib/http/action'
import { after } from '@/lib/http/after'
import { linkRequestCookie, signUpCookie } from '@/lib/http/sealed-cookie'
import { refuse, succeed } from '@/lib/problems/result'
import { createLimit } from '@/lib/redis/limit'
import { nothing, passwordByLink, passwordChange } from './account.schema'
import { beginAsking } from './link-request.commands'
import { readAsked, readOwnVisitor } from './loaders'
import { changePassword, choosePassword } from './password.commands'
import { endSession, endSessions } from './session.commands'
import { beginSession, continueSession } from './session.loaders'
import { ownSession } from './session.schema'
import { signUp } from './sign-up.commands'
import { signUpForm } from './sign-up.schema'

const endings = createLimit({ name: 'end-sessions:account', tries: 10, windowSeconds: 60 })

/** Changes the password; every other device is signed out, this one stays signed in. */
export const changeOwnPassword = serverAction({
  who: readOwnVisitor,
  input: passwordChange,
  run: async ({ who, input, address }) => {
    const { accountId, sessionId } = who
    const changed = await changePassword({ accountId, sessionId, address, ...input })
    if (!changed.ok) return changed
    const continued = await continueSession({ who, claims: changed.value })
    if (!continued.ok) return continued
    after(ringOutboxBell)
    refresh()
    return succeed(null)
  },
})

/** Signs out every other device; this one stays signed in. */
export const signOutEverywhere = serverAction({
  who: readOwnVisitor,
  input: nothing,
  run: async ({ who, address }) => {
    const limit = await endings(who.accountId)
    if (!limit.allowed) return refuse('rate-limited', { retryAfterMs: limit.retryAfterMs })
    const { accountId, sessionId } = who
    const ended = await endSessions({ accountId, sessionId, address })
    if (!ended.ok) return ended
    const continued = await continueSession({ who, claims: ended.value })
    if (!continued.ok) return continued
    refresh()
    return succeed(null)
  },
})

/** Signs out one device of the visitor's own. */
export const signOutDevice = serverAction({
  who: readOwnVisitor,
  input: ownSession,
  run: async ({ who: { accountId }, input, address }) => {
    const limit = await endings(accountId)
    if (!limit.allowed) return refuse('rate-limited', { retryAfterMs: limit.retryAfterMs })
    const ended = await endSession({ accountId, address, ...input })
    if (!ended.ok) return ended
    refresh()
    return succeed(null)
  },
})

/**
 * Sets a new password by a mailed link; every other device is signed out, this one is signed in.
 */
export const choosePasswordByLink = serverAction({
  who: 'anyone',
  input: passwordByLink,
  run: async ({ input, address }) => {
    const chosen = await choosePassword({ ...input, address })
    if (!chosen.ok) return chosen
    const begun = await beginSession({ claims: chosen.value, proof: 'MAIL' })
    if (!begun.ok) return begun
    await signUpCookie.forget()
    after(ringOutboxBell)
    return succeed(null)
  },
})

/** Signs a visitor up and remembers this browser as the one that chose the password. */
export const signUpHere = serverAction({
  who: 'anyone',
  input: signUpForm,
  run: async ({ input: { errand, ...person }, locale, address }) => {
    const asking = beginAsking(await readAsked({ errand, locale }))
    const signedUp = await signUp({ ...person, locale, asking, address })
    if (!signedUp.ok) return signedUp
    await signUpCookie.keep(signedUp.value.signUpId)
    await linkRequestCookie.keep(asking.requestId)
    after(ringOutboxBell)
    return succeed({ email: person.email })
  },
})
