'use client'

import { type FormEvent, useEffect, useRef, useState } from 'react'
import { askUntilAnswered } from '@/components/ui/client/retry'
import { TextField } from '@/components/ui/field'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { SubmitButton } from '@/components/ui/submit-button'
import { pathToSecondFactor } from '@/domain/identity/rules'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { requestSignIn, type SignInOutcome } from './auth-requests'
import { fillInAddress, keepTypedAddress } from './typed-address'

type Refused = Exclude<SignInOutcome, 'signed-in' | 'passkey-needed'>

/**
 * Email and password; continues to `returnPath`, a path of this site that the server has checked.
 */
export function SignInForm({
  returnPath,
  locale,
  words,
}: {
  returnPath: string
  locale: Locale
  words: Messages['shell']['signIn']
}) {
  const [refused, setRefused] = useState<Refused | null>(null)
  const [missing, setMissing] = useState({ email: false, password: false })
  const [isRunning, setIsRunning] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => fillInAddress(form.current), [])
  const refusals: Record<Refused, string> = {
    'wrong-credentials': words.wrongCredentials,
    'rate-limited': words.rateLimited,
    busy: words.busy,
    unreachable: words.unreachable,
  }

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const fields = new FormData(event.currentTarget)
    const email = String(fields.get('email')).trim()
    const password = String(fields.get('password'))
    const lacking = { email: email === '', password: password === '' }
    setMissing(lacking)
    const firstLacking = lacking.email ? 'email' : 'password'
    if (lacking.email || lacking.password) return focusField(form.current, firstLacking)
    setRefused(null)
    setIsRunning(true)
    const outcome = await signInPatiently({ email, password, onBusy: () => setRefused('busy') })
    // A full load, because the header and the browser's cached pages now belong to another account.
    if (outcome === 'signed-in') return window.location.assign(returnPath)
    if (outcome === 'passkey-needed')
      return window.location.assign(pathToSecondFactor({ returnPath, locale }))
    setIsRunning(false)
    setRefused(outcome)
    if (outcome === 'wrong-credentials') focusField(form.current, 'password')
  }

  return (
    <form ref={form} onSubmit={submit} noValidate className="flex flex-col gap-5">
      <TextField
        label={words.email}
        name="email"
        type="email"
        autoComplete="username webauthn"
        inputMode="email"
        autoCapitalize="none"
        required
        onChange={({ target }) => keepTypedAddress(target.value)}
        error={missing.email && words.needEmail}
      />
      <TextField
        label={words.password}
        name="password"
        type="password"
        autoComplete="current-password"
        required
        error={missing.password && words.needPassword}
      />
      <LiveArea className="empty:hidden">
        {refused && (
          <StatusMessage
            tone={refused === 'busy' ? 'waiting' : 'refusal'}
            title={refusals[refused]}
          />
        )}
      </LiveArea>
      <SubmitButton isRunning={isRunning} working={words.working}>
        {words.submit}
      </SubmitButton>
    </form>
  )
}

/** The API's own refusal, for requests that bypass next-auth. */
const busy = {
  kind: 'problem' as const,
  problem: { status: 503, reason: 'busy', title: null, retryAfterMs: 2_000, body: {} },
}

/**
 * Before an opening many people sign in at once and hashing takes time, so this waits its turn and
 * says so.
 */
async function signInPatiently({
  onBusy,
  ...credentials
}: {
  email: string
  password: string
  onBusy: () => void
}): Promise<SignInOutcome> {
  const outcome = await askUntilAnswered({
    askOnce: async () => {
      const value = await requestSignIn(credentials)
      return value === 'busy' ? busy : { kind: 'value', value }
    },
    read: (answered: Exclude<SignInOutcome, 'busy'>) => answered,
    isWanted: () => true,
    onWait: onBusy,
    persistence: { mostTries: 8 },
  })
  return outcome?.kind === 'done' ? outcome.value : 'busy'
}

function focusField(form: HTMLFormElement | null, name: string) {
  const field = form?.elements.namedItem(name)
  if (field instanceof HTMLInputElement) field.focus()
}
