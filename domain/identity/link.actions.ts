'use server'

import { ringOutboxBell } from '@/lib/db/outbox'
import { serverAction } from '@/lib/http/action'
import { after } from '@/lib/http/after'
import { deviceCookie, linkRequestCookie, signUpCookie } from '@/lib/http/sealed-cookie'
import { localisePath } from '@/lib/i18n/locale'
import { refuse, succeed } from '@/lib/problems/result'
import { nothing } from './account.schema'
import { undoAddressChange } from './address-undo.commands'
import { enterByCode } from './code.commands'
import { codeForm, linkRequest, linkWish, numberPick } from './link.schema'
import { beginAsking, renewLink, requestLink } from './link-request.commands'
import { confirmAddress, signInByLink } from './link-visit.commands'
import { readAsked } from './loaders'
import { enterByNumber, pickNumber } from './number.commands'
import { keepPasskeys } from './passkey-recovery.commands'
import { beginSession } from './session.loaders'

/** Mails a link if the address has an account; the answer never reveals whether it has one. */
export const askForLink = serverAction({
  who: 'anyone',
  input: linkWish,
  run: async ({ input: { errand, ...wish }, locale, address }) => {
    const asking = beginAsking(await readAsked({ errand, locale }))
    const deviceOf = await deviceCookie.read()
    const asked = await requestLink({ ...wish, asking, address, deviceOf })
    if (!asked.ok) return asked
    await linkRequestCookie.keep(asked.value.requestId)
    after(ringOutboxBell)
    return succeed(null)
  },
})

/** Mails a new link to the mailbox an old one went to. */
export const askForNewLink = serverAction({
  who: 'anyone',
  input: linkRequest,
  run: async ({ input: { token }, locale, address }) => {
    const otherwise = localisePath({ path: '/start', locale })
    const { browser, system } = await readAsked({
      errand: { returnPath: otherwise, texts: {} },
      locale,
    })
    const deviceOf = await deviceCookie.read()
    const asking = { token, browser: { browser, system }, otherwise, address, deviceOf }
    const asked = await renewLink(asking)
    if (!asked.ok) return asked
    await linkRequestCookie.keep(asked.value.requestId)
    after(ringOutboxBell)
    return succeed(null)
  },
})

/**
 * Uses the code of the mail that this browser asked for. Where its reader chooses a password, the
 * answer is the link on which they do.
 */
export const enterByMailedCode = serverAction({
  who: 'anyone',
  input: codeForm,
  run: async ({ input: { code }, address }) => {
    const requestId = await linkRequestCookie.read()
    if (!requestId) return refuse('request-unknown')
    const signUpId = await signUpCookie.read()
    const deviceOf = await deviceCookie.read()
    const entered = await enterByCode({ requestId, code, signUpId, address, deviceOf })
    if (!entered.ok) return entered
    const token = 'token' in entered.value ? entered.value.token : null
    if ('claims' in entered.value) {
      const begun = await beginSession({ claims: entered.value.claims, proof: 'MAIL' })
      if (!begun.ok) return begun
      await signUpCookie.forget()
    }
    return succeed({ token })
  },
})

/** Picks the number of the browser that asked for a sign-in mail, or says "that wasn't me". */
export const pickNumberOfBrowser = serverAction({
  who: 'anyone',
  input: numberPick,
  run: ({ input, address }) => pickNumber({ ...input, address }),
})

/** Signs this browser in after the mail's reader picked its number elsewhere. */
export const enterByPickedNumber = serverAction({
  who: 'anyone',
  input: nothing,
  run: async ({ address }) => {
    const requestId = await linkRequestCookie.read()
    if (!requestId) return refuse('request-unknown')
    const entered = await enterByNumber({ requestId, address })
    if (!entered.ok) return entered
    return beginSession({ claims: entered.value, proof: 'MAIL' })
  },
})

/** Uses a sign-up link: confirms the address and signs this browser in. */
export const confirmAddressByLink = serverAction({
  who: 'anyone',
  input: linkRequest,
  run: async ({ input, address }) => {
    const confirmed = await confirmAddress({
      ...input,
      signUpId: await signUpCookie.read(),
      address,
    })
    if (!confirmed.ok) return confirmed
    const begun = await beginSession({ claims: confirmed.value, proof: 'MAIL' })
    if (!begun.ok) return begun
    await signUpCookie.forget()
    return succeed(null)
  },
})

/** Undoes a change of address; its answer is the link on which a new password is chosen. */
export const undoAddressByLink = serverAction({
  who: 'anyone',
  input: linkRequest,
  run: async ({ input, address }) => {
    const undone = await undoAddressChange({ ...input, address })
    if (undone.ok) after(ringOutboxBell)
    return undone
  },
})

/** Keeps the passkeys that somebody says are lost; its answer is the link on which a new password is chosen. */
export const keepPasskeyByLink = serverAction({
  who: 'anyone',
  input: linkRequest,
  run: ({ input, address }) => keepPasskeys({ ...input, address }),
})

/** Uses a sign-in link. */
export const enterByLink = serverAction({
  who: 'anyone',
  input: linkRequest,
  run: async ({ input, address }) => {
    const signedIn = await signInByLink({ ...input, address })
    if (!signedIn.ok) return signedIn
    return beginSession({ claims: signedIn.value, proof: 'MAIL' })
  },
})
