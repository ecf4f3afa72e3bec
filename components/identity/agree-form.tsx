'use client'

import type { FormEvent } from 'react'
import { readFieldProblems, useFocusOnProblem } from '@/components/ui/field-problems'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { SubmitButton } from '@/components/ui/submit-button'
import { useAction } from '@/components/ui/use-action'
import { finishExternalSignUp } from '@/domain/identity/agreement.actions'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { AgreementField, readAgreement } from './agreement-field'

/** The last step of signing up through Kakao or Naver. */
export function AgreeForm({ locale, words }: { locale: Locale; words: Messages['access'] }) {
  const { run, isRunning, refusal } = useAction(words)
  const form = useFocusOnProblem(refusal)
  const problems = readFieldProblems(refusal)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const agreement = readAgreement(new FormData(event.currentTarget))
    run(
      () => finishExternalSignUp({ ...agreement, locale }),
      ({ path }) => window.location.assign(path),
    )
  }
  return (
    <form ref={form} onSubmit={submit} noValidate className="flex flex-col gap-6">
      <AgreementField
        isRefused={problems.has('agreesToTerms')}
        locale={locale}
        words={words.agreement}
      />
      <LiveArea className="empty:hidden">
        {refusal && problems.size === 0 && <StatusMessage tone="refusal" title={refusal.words} />}
      </LiveArea>
      <SubmitButton isRunning={isRunning} working={words.signUp.working}>
        {words.signUp.submit}
      </SubmitButton>
    </form>
  )
}
