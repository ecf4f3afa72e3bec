'use client'

import { useSyncExternalStore } from 'react'
import type { ActionRefusal } from '@/components/ui/use-action'
import type {
  NewPasskeyAnswer,
  NewPasskeyOptions,
  PasskeyAnswer,
  PasskeyOptions,
} from '@/lib/crypto/passkey'
import { readInApp } from '@/lib/http/browser'
import type { Messages } from '@/lib/i18n/messages'
import type { ActionAnswer } from '@/lib/problems/result'

type Words = Messages['access']['passkey']

const never = () => () => {}

/**
 * Whether this browser can use passkeys. Those of apps can't, or lose them with the app. The server
 * does not know, and most can, so that a page does not move when its scripts run.
 */
export function useCanPasskey(): boolean {
  return useSyncExternalStore(
    never,
    () => 'PublicKeyCredential' in window && readInApp(navigator.userAgent) === null,
    () => true,
  )
}

/** Loaded when a passkey is wanted: most visits need none. */
const load = () => import('@simplewebauthn/browser')

/** The person gave up, or the browser can't: said like a refusal, because nothing was sent. */
function sayTrouble({ error, words }: { error: unknown; words: Words }): ActionRefusal {
  const name = error instanceof Error ? error.name : ''
  const said = {
    NotAllowedError: words.givenUp,
    AbortError: words.givenUp,
    InvalidStateError: words.hasOne,
  }[name]
  return { ok: false, reason: 'passkey-over', words: said ?? words.unable, details: {} }
}

type Trouble = { refused: ActionRefusal }

/** Makes a passkey: asks for the options, then the device, then hands over what it made. */
export async function makePasskey<T>({
  begin,
  add,
  words,
}: {
  begin: () => Promise<ActionAnswer<NewPasskeyOptions>>
  add: (answer: NewPasskeyAnswer) => Promise<ActionAnswer<T>>
  words: Words
}): Promise<ActionAnswer<T>> {
  const [options, { startRegistration }] = await Promise.all([begin(), load()])
  if (!options.ok) return options
  const made = await startRegistration({ optionsJSON: options.value }).catch(
    (error: unknown): Trouble => ({ refused: sayTrouble({ error, words }) }),
  )
  return 'refused' in made ? made.refused : add(made)
}

/** Signs with a passkey: asks for the options, then the device, then hands over what it signed. */
export async function signWithPasskey<T>({
  begin,
  enter,
  words,
}: {
  begin: () => Promise<ActionAnswer<PasskeyOptions>>
  enter: (answer: PasskeyAnswer) => Promise<ActionAnswer<T>>
  words: Words
}): Promise<ActionAnswer<T>> {
  const [options, { startAuthentication }] = await Promise.all([begin(), load()])
  if (!options.ok) return options
  const signed = await startAuthentication({ optionsJSON: options.value }).catch(
    (error: unknown): Trouble => ({ refused: sayTrouble({ error, words }) }),
  )
  return 'refused' in signed ? signed.refused : enter(signed)
}
