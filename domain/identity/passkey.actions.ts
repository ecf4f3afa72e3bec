'use server'

import { refresh } from 'next/cache'
import { headers } from 'next/headers'
import { ringOutboxBell } from '@/lib/db/outbox'
import { serverAction } from '@/lib/http/action'
import { after } from '@/lib/http/after'
import { describeBrowser, readBrowser } from '@/lib/http/browser'
import { putOff } from '@/lib/http/put-off'
import { keepPasskeyBrowser, passkeyCookie } from '@/lib/http/sealed-cookie'
import { succeed } from '@/lib/problems/result'
import { nothing } from './account.schema'
import { readOwnVisitor, readProver } from './loaders'
import {
  addPasskey,
  beginAdding,
  needPasskey,
  removePasskey,
  renamePasskey,
} from './passkey.commands'
import {
  passkeyAdding,
  passkeyNeed,
  passkeyRemoval,
  passkeyRename,
  passkeyUse,
} from './passkey.schema'
import {
  beginPasskeyProof,
  beginPasskeySignIn,
  describeSecondFactor,
  proveByPasskey,
  showSecondFactor,
  signInByPasskey,
} from './passkey-entry.commands'
import { askToRecover, keepOwnPasskeys, recover } from './passkey-recovery.commands'
import { checkProof } from './proof.commands'
import { beginSession, continueSession } from './session.loaders'

/** What this browser asks its passkeys with, to sign in. */
export const askToSignInByPasskey = serverAction({
  who: 'anyone',
  input: nothing,
  run: async ({ address }) =>
    beginPasskeySignIn({ browserId: await keepPasskeyBrowser(), address }),
})

/** Signs this browser in by a passkey alone. */
export const enterByPasskey = serverAction({
  who: 'anyone',
  input: passkeyUse,
  run: async ({ input: { answer }, address }) => {
    const browserId = await passkeyCookie.read()
    const entered = await signInByPasskey({ browserId, answer, address })
    return entered.ok ? beginSession({ claims: entered.value, proof: 'PASSKEY' }) : entered
  },
})

/** What this browser asks its passkeys with, after its person showed another factor here. */
export const askForSecondFactor = serverAction({
  who: 'anyone',
  input: nothing,
  run: async () => describeSecondFactor({ browserId: await passkeyCookie.read() }),
})

/** Signs this browser in by a passkey after the first factor. */
export const enterBySecondFactor = serverAction({
  who: 'anyone',
  input: passkeyUse,
  run: async ({ input: { answer }, address }) => {
    const browserId = await passkeyCookie.read()
    const entered = await showSecondFactor({ browserId, answer, address })
    return entered.ok ? beginSession({ claims: entered.value, proof: 'PASSKEY' }) : entered
  },
})

/** Says that the person whose first factor was right in this browser has lost their passkeys. */
export const askToSignInWithoutPasskey = serverAction({
  who: 'anyone',
  input: nothing,
  run: async ({ address }) => {
    const asked = await askToRecover({ browserId: await passkeyCookie.read(), address })
    if (!asked.ok) return asked
    after(ringOutboxBell)
    refresh()
    return asked
  },
})

/** Removes the lost passkeys once their person has waited, and signs this browser in. */
export const enterWithoutPasskey = serverAction({
  who: 'anyone',
  input: nothing,
  run: async ({ address }) => {
    const recovered = await recover({ browserId: await passkeyCookie.read(), address })
    if (!recovered.ok) return recovered
    after(ringOutboxBell)
    return beginSession({ claims: recovered.value, proof: null })
  },
})

/** Stops, from a device that is signed in, a sign-in without passkeys that waits. */
export const stopSigningInWithoutPasskey = serverAction({
  who: readProver,
  input: nothing,
  run: async ({ who, address }) => {
    const { accountId, sessionId } = who
    const kept = await keepOwnPasskeys({ accountId, sessionId, address })
    if (!kept.ok) return kept
    const continued = await continueSession({ who, claims: kept.value })
    if (!continued.ok) return continued
    refresh()
    return succeed(null)
  },
})

/** What this browser asks its passkeys with, to prove once more who is signed in. */
export const askToProveByPasskey = serverAction({
  who: readProver,
  input: nothing,
  run: async ({ who: { accountId }, address }) =>
    beginPasskeyProof({ accountId, browserId: await keepPasskeyBrowser(), address }),
})

/** Proves once more who is signed in, in this session. */
export const proveOwnPasskey = serverAction({
  who: readProver,
  input: passkeyUse,
  run: async ({ who: { accountId, sessionId }, input: { answer }, address }) => {
    const browserId = await passkeyCookie.read()
    const proven = await proveByPasskey({ accountId, sessionId, browserId, answer, address })
    if (!proven.ok) return proven
    // A token from before sessions had rows becomes a session with one.
    return sessionId === null
      ? beginSession({ claims: proven.value, proof: 'PASSKEY' })
      : succeed(null)
  },
})

/** What this browser needs to make a passkey, once its person has proved who they are. */
export const askToAddPasskey = serverAction({
  who: readOwnVisitor,
  input: nothing,
  run: async ({ who: { accountId, sessionId } }) => {
    const proven = await checkProof({ accountId, sessionId })
    if (!proven.ok) return proven
    return beginAdding({ accountId, browserId: await keepPasskeyBrowser() })
  },
})

/** Adds the passkey that this browser made. */
export const addOwnPasskey = serverAction({
  who: readOwnVisitor,
  input: passkeyAdding,
  run: async ({ who: { accountId, sessionId }, input: { answer }, locale, address }) => {
    const named = readBrowser((await headers()).get('user-agent'))
    const browser = describeBrowser({ ...named, locale })
    const browserId = await passkeyCookie.read()
    const added = await addPasskey({ accountId, sessionId, address, browserId, browser, answer })
    if (!added.ok) return added
    after(ringOutboxBell)
    refresh()
    return succeed({ name: added.value.name })
  },
})

/** Renames a passkey of the visitor's own. */
export const renameOwnPasskey = serverAction({
  who: readOwnVisitor,
  input: passkeyRename,
  run: async ({ who: { accountId }, input, address }) => {
    const renamed = await renamePasskey({ accountId, address, ...input })
    if (renamed.ok) refresh()
    return renamed
  },
})

/** Removes a passkey of the visitor's own, never the last way in. */
export const removeOwnPasskey = serverAction({
  who: readOwnVisitor,
  input: passkeyRemoval,
  run: async ({ who: { accountId, sessionId }, input, address }) => {
    const removed = await removePasskey({ accountId, sessionId, address, ...input })
    if (!removed.ok) return removed
    after(ringOutboxBell)
    refresh()
    return removed
  },
})

/** Has signing in ask for a passkey each time, or no longer. */
export const needOwnPasskey = serverAction({
  who: readOwnVisitor,
  input: passkeyNeed,
  run: async ({ who: { accountId, sessionId }, input, address }) => {
    const needed = await needPasskey({ accountId, sessionId, address, ...input })
    if (!needed.ok) return needed
    after(ringOutboxBell)
    refresh()
    return needed
  },
})

/** Puts off, in this browser, the notice that asks admins and owners for a passkey. */
export const putOffPasskey = serverAction({
  who: readOwnVisitor,
  input: nothing,
  run: async () => {
    await putOff('passkey')
    refresh()
    return succeed(null)
  },
})
