'use client'

import type { FormEvent } from 'react'
import { TextField } from '@/components/ui/field'
import { readFieldProblems, useFocusOnProblem } from '@/components/ui/field-problems'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { SubmitButton } from '@/components/ui/submit-button'
import { fillIn } from '@/components/ui/words'
import { enterByMailedCode } from '@/domain/identity/link.actions'
import { type Locale, localisePath } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { useEntry } from './use-entry'

/** Takes the six digits of the mail that this browser asked for, and goes on. */
export function CodeForm({
  returnPath,
  locale,
  words,
}: {
  returnPath: string
  locale: Locale
  words: Messages['access']
}) {
  const { run, isRunning, refusal } = useEntry({ failed: words.failed, returnPath, locale })
  const form = useFocusOnProblem(refusal)
  const { code: said } = words
  const isMisspelt = readFieldProblems(refusal).has('code')
  const isWrong = refusal?.reason === 'code-wrong'
  const left = Number(refusal?.details.triesLeft ?? 0)
  const problem = isMisspelt
    ? said.misspelt
    : isWrong && `${refusal.words} ${fillIn(said.triesLeft, { tries: left })}`
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const code = String(new FormData(event.currentTarget).get('code'))
    run(
      () => enterByMailedCode({ code, locale }),
      ({ token }) => {
        const path = token === null ? returnPath : localisePath({ path: `/links/${token}`, locale })
        // A full load, because the header and the browser's cached pages now belong to an account.
        window.location.assign(path)
      },
    )
  }
  return (
    <form ref={form} onSubmit={submit} noValidate className="flex flex-col gap-4">
      <TextField
        label={said.label}
        hint={said.hint}
        name="code"
        inputMode="numeric"
        autoComplete="one-time-code"
        enterKeyHint="go"
        required
        className="text-28 tracking-widest tabular-nums"
        error={problem}
      />
      <LiveArea className="empty:hidden">
        {refusal && !problem && <StatusMessage tone="refusal" title={refusal.words} />}
      </LiveArea>
      <SubmitButton isRunning={isRunning} working={said.working}>
        {said.submit}
      </SubmitButton>
    </form>
  )
}
