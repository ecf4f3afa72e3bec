'use client'

import type { FormEvent } from 'react'
import { Button } from '@/components/ui/button'
import { TextField } from '@/components/ui/field'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { SubmitButton } from '@/components/ui/submit-button'
import { useAction } from '@/components/ui/use-action'
import { proveOwnPassword } from '@/domain/identity/proof.actions'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'

/** Proves who the person is by their password. */
export function ProofByPassword({
  locale,
  words,
  onProven,
  onOther,
}: {
  locale: Locale
  words: Messages['access']
  onProven: () => void
  /** The other way: a mailed code. */
  onOther: () => void
}) {
  const { run, isRunning, refusal } = useAction(words)
  const said = words.proof
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const password = String(new FormData(event.currentTarget).get('proof-password'))
    run(() => proveOwnPassword({ password, locale }), onProven)
  }
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <TextField
        label={said.password}
        name="proof-password"
        type="password"
        autoComplete="current-password"
        autoFocus
        required
      />
      <LiveArea className="empty:hidden">
        {refusal && <StatusMessage tone="refusal" title={refusal.words} />}
      </LiveArea>
      <SubmitButton isRunning={isRunning} working={said.working}>
        {said.submit}
      </SubmitButton>
      <Button tone="quiet" onClick={onOther} disabled={isRunning}>
        {said.byCode}
      </Button>
    </form>
  )
}
