'use client'

import { type FormEvent, useState } from 'react'
import { Button } from '@/components/ui/button'
import { TextField } from '@/components/ui/field'
import { readFieldProblems } from '@/components/ui/field-problems'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { SubmitButton } from '@/components/ui/submit-button'
import { useAction } from '@/components/ui/use-action'
import { fillIn } from '@/components/ui/words'
import { askForProofCode, proveMailedCode } from '@/domain/identity/proof.actions'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'

type Told = {
  locale: Locale
  words: Messages['access']
  onProven: () => void
  /** The other way: the password. Null: the account has none. */
  onOther: (() => void) | null
}

/** Proves who the person is by a code mailed to their address. */
export function ProofByCode(told: Told) {
  const { locale, words, onOther } = told
  const { run, isRunning, refusal } = useAction(words)
  const [sentTo, setSentTo] = useState<string | null>(null)
  const said = words.proof
  const ask = sentTo === null ? said.send : said.sendAgain
  const send = () =>
    run(
      () => askForProofCode({ locale }),
      ({ email }) => setSentTo(email),
    )
  return (
    <div className="flex flex-col gap-4">
      {sentTo !== null && <CodeField {...told} sentTo={sentTo} />}
      <LiveArea className="empty:hidden">
        {refusal && <StatusMessage tone="refusal" title={refusal.words} />}
      </LiveArea>
      <Button
        size={sentTo === null ? 'large' : 'regular'}
        tone={sentTo === null ? 'main' : 'quiet'}
        isWide
        disabled={isRunning}
        onClick={send}
      >
        {isRunning ? said.sending : ask}
      </Button>
      {onOther && (
        <Button tone="quiet" onClick={onOther} disabled={isRunning}>
          {said.byPassword}
        </Button>
      )}
    </div>
  )
}

function CodeField({ sentTo, locale, words, onProven }: Told & { sentTo: string }) {
  const { run, isRunning, refusal } = useAction(words)
  const said = words.proof
  const isWrong = refusal?.reason === 'code-wrong'
  const tries = Number(refusal?.details.triesLeft ?? 0)
  const problem = readFieldProblems(refusal).has('code')
    ? words.code.misspelt
    : isWrong && `${refusal.words} ${fillIn(words.code.triesLeft, { tries })}`
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const code = String(new FormData(event.currentTarget).get('code'))
    run(() => proveMailedCode({ code, locale }), onProven)
  }
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <p>{fillIn(said.sentTo, { email: sentTo })}</p>
      <TextField
        label={words.code.label}
        name="code"
        inputMode="numeric"
        autoComplete="one-time-code"
        required
        autoFocus
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
