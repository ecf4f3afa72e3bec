'use server'

import { headers } from 'next/headers'
import { ringOutboxBell } from '@/lib/db/outbox'
import { serverAction } from '@/lib/http/action'
import { after } from '@/lib/http/after'
import { readBrowser } from '@/lib/http/browser'
import { nothing } from './account.schema'
import { codeForm } from './link.schema'
import { readProver } from './loaders'
import { checkProof } from './proof.commands'
import { passwordProof } from './proof.schema'
import { mailProofCode, proveByCode, proveByPassword } from './proving.commands'
import { readOwnSession } from './session.loaders'

/** Whether the visitor has proved who they are, before they leave the page for a provider's. */
export const checkOwnProof = serverAction({
  who: readProver,
  input: nothing,
  run: ({ who }) => checkProof(who),
})

/** Proves who the visitor is by their password. */
export const proveOwnPassword = serverAction({
  who: readProver,
  input: passwordProof,
  run: async ({ who, input, address }) => {
    const session = await readOwnSession(who)
    if (!session.ok) return session
    return proveByPassword({ ...session.value, ...input, address })
  },
})

/** Mails the visitor a code that proves who they are. */
export const askForProofCode = serverAction({
  who: readProver,
  input: nothing,
  run: async ({ who, address }) => {
    const session = await readOwnSession(who)
    if (!session.ok) return session
    const browser = readBrowser((await headers()).get('user-agent'))
    const mailed = await mailProofCode({ ...session.value, browser, address })
    if (mailed.ok) after(ringOutboxBell)
    return mailed
  },
})

/** Proves who the visitor is by the code that was mailed to them. */
export const proveMailedCode = serverAction({
  who: readProver,
  input: codeForm,
  run: async ({ who, input, address }) => {
    const session = await readOwnSession(who)
    if (!session.ok) return session
    return proveByCode({ ...session.value, ...input, address })
  },
})
