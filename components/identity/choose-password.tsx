'use client'

import type { FormEvent } from 'react'
import { readFieldProblems, useFocusOnProblem } from '@/components/ui/field-problems'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { SubmitButton } from '@/components/ui/submit-button'
import { choosePasswordByLink } from '@/domain/identity/session.actions'
import { type Locale, localisePath } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { AgreementField, readAgreement } from './agreement-field'
import { NewPasswordField } from './password-field'
import { useEntry } from './use-entry'

/** Sets a new password for the account whose link was mailed. */
export function ChoosePassword({
  token,
  email,
  locale,
  said,
  words,
  isNew,
}: {
  token: string
  /** For the browser's password manager. */
  email: string
  locale: Locale
  said: { submit: string; working: string }
  words: Messages['access']
  /** Whether its reader has not agreed to the terms yet. */
  isNew: boolean
}) {
  const returnPath = localisePath({ path: `/links/${token}`, locale })
  const { run, isRunning, refusal } = useEntry({ failed: words.failed, returnPath, locale })
  const form = useFocusOnProblem(refusal)
  const problems = readFieldProblems(refusal)
  const problem = problems.get('password')
  const isDisagreed = [...problems.keys()].some((field) => field.startsWith('agreement'))
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const fields = new FormData(event.currentTarget)
    const password = String(fields.get('password'))
    const agreement = isNew ? readAgreement(fields) : undefined
    run(
      () => choosePasswordByLink({ token, password, agreement, locale }),
      () => window.location.reload(),
    )
  }
  return (
    <form ref={form} onSubmit={submit} noValidate className="flex flex-col gap-5">
      <input type="text" name="email" autoComplete="username" value={email} readOnly hidden />
      <NewPasswordField label={words.password.newLabel} problem={problem} words={words.password} />
      {isNew && <AgreementField isRefused={isDisagreed} locale={locale} words={words.agreement} />}
      <LiveArea className="empty:hidden">
        {refusal && problems.size === 0 && <StatusMessage tone="refusal" title={refusal.words} />}
      </LiveArea>
      <SubmitButton isRunning={isRunning} working={said.working}>
        {said.submit}
      </SubmitButton>
    </form>
  )
}
