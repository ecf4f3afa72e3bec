'use client'

import { type FormEvent, useEffect, useState } from 'react'
import { TextField } from '@/components/ui/field'
import { readFieldProblems, useFocusOnProblem } from '@/components/ui/field-problems'
import { PageTitle } from '@/components/ui/page-frame'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { SubmitButton } from '@/components/ui/submit-button'
import { useAction } from '@/components/ui/use-action'
import { askForLink } from '@/domain/identity/link.actions'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { CheckMail } from './check-mail'
import { readErrand } from './errand'
import { fillInAddress, keepTypedAddress } from './typed-address'

type Told = {
  purpose: 'SIGN_IN' | 'RESET_PASSWORD'
  /** The address whose mail is on its way. Null: not asked yet. */
  sentTo: string | null
  /** Where the visitor goes on after the mail. */
  returnPath: string
  locale: Locale
  words: Messages['access']
}

/** Takes an address and sends a mail to it. */
export function LinkRequest({ purpose, sentTo: sentAtFirst, returnPath, locale, words }: Told) {
  const [sentTo, setSentTo] = useState(sentAtFirst)
  const isReset = purpose === 'RESET_PASSWORD'
  const said = isReset ? words.forgot : words.byMail
  if (sentTo !== null)
    return (
      <CheckMail
        email={sentTo}
        purpose={purpose}
        returnPath={returnPath}
        locale={locale}
        words={words}
        next={isReset ? words.checkMail.resetNext : words.checkMail.signInNext}
        onOther={() => setSentTo(null)}
      />
    )
  return (
    <>
      <PageTitle lead={said.lead}>{said.title}</PageTitle>
      <RequestForm
        purpose={purpose}
        returnPath={returnPath}
        locale={locale}
        words={words}
        submit={said.submit}
        onDone={setSentTo}
      />
    </>
  )
}

function RequestForm({
  purpose,
  returnPath,
  locale,
  words,
  submit,
  onDone,
}: Omit<Told, 'sentTo'> & { submit: string; onDone: (email: string) => void }) {
  const { run, isRunning, refusal } = useAction(words)
  const form = useFocusOnProblem(refusal)
  const problems = readFieldProblems(refusal)
  useEffect(() => fillInAddress(form.current), [form])
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const email = String(new FormData(event.currentTarget).get('email')).trim()
    run(
      () => askForLink({ email, purpose, errand: readErrand(returnPath), locale }),
      () => onDone(email),
    )
  }
  return (
    <form ref={form} onSubmit={send} noValidate className="flex flex-col gap-5">
      <TextField
        label={words.request.email}
        name="email"
        type="email"
        autoComplete="username"
        inputMode="email"
        autoCapitalize="none"
        required
        onChange={({ target }) => keepTypedAddress(target.value)}
        error={problems.has('email') && words.request.needEmail}
      />
      <LiveArea className="empty:hidden">
        {refusal && !problems.has('email') && (
          <StatusMessage tone="refusal" title={refusal.words}>
            {refusal.reason === 'rate-limited' && (
              <p className="text-15">{words.request.newestWorks}</p>
            )}
          </StatusMessage>
        )}
      </LiveArea>
      <SubmitButton isRunning={isRunning} working={words.request.working}>
        {submit}
      </SubmitButton>
    </form>
  )
}
