'use client'

import type { FormEvent } from 'react'
import { readFieldProblems, useFocusOnProblem } from '@/components/ui/field-problems'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { SubmitButton } from '@/components/ui/submit-button'
import { choosePasswordByLink } from '@/domain/identity/session.actions'
import { type Locale, localisePath } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { NewPasswordField } from './password-field'
import { useEntry } from './use-entry'

/** Sets a new password for the account whose link was mailed. */
export function ChoosePassword({
  token,
  email,
  locale,
  said,
  words,
}: {
  token: string
  /** For the browser's password manager. */
  email: string
  locale: Locale
  said: { submit: string; working: string }
  words: Messages['access']
}) {
  const returnPath = localisePath({ path: `/links/${token}`, locale })
  const { run, isRunning, refusal } = useEntry({ failed: words.failed, returnPath, locale })
  const form = useFocusOnProblem(refusal)
  const problem = readFieldProblems(refusal).get('password')
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const password = String(new FormData(event.currentTarget).get('password'))
    run(
      () => choosePasswordByLink({ token, password, locale }),
      () => window.location.reload(),
    )
  }
  return (
    <form ref={form} onSubmit={submit} noValidate className="flex flex-col gap-5">
      <input type="text" name="email" autoComplete="username" value={email} readOnly hidden />
      <NewPasswordField label={words.password.newLabel} problem={problem} words={words.password} />
      <LiveArea className="empty:hidden">
        {refusal && !problem && <StatusMessage tone="refusal" title={refusal.words} />}
      </LiveArea>
      <SubmitButton isRunning={isRunning} working={said.working}>
        {said.submit}
      </SubmitButton>
    </form>
  )
}
