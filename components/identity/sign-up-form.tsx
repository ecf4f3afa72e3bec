'use client'

import { type FormEvent, useState } from 'react'
import { Button } from '@/components/ui/button'
import { TextField } from '@/components/ui/field'
import { readFieldProblems, sayProblem, useFocusOnProblem } from '@/components/ui/field-problems'
import { PageTitle } from '@/components/ui/page-frame'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { SubmitButton } from '@/components/ui/submit-button'
import { useAction } from '@/components/ui/use-action'
import { pathToPasskey } from '@/domain/identity/rules'
import { signUpHere } from '@/domain/identity/session.actions'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { AgreementField, readAgreement } from './agreement-field'
import { CheckMail } from './check-mail'
import { readErrand } from './errand'
import { useCanPasskey } from './passkey/ceremony'
import { NewPasswordField } from './password-field'
import { type Wants, WantsChoice } from './wants-choice'

type Told = {
  returnPath: string
  /** The address whose mail is on its way. Null: not signed up yet. */
  sentTo: string | null
  /** The kind of account, which the visitor can still change. */
  wants: Wants
  locale: Locale
  words: Messages['access']
}

/**
 * From an empty form to "check your mail". The fields keep their text as long as the page lives.
 */
export function SignUp(told: Told) {
  const { returnPath, locale, words } = told
  const [sentTo, setSentTo] = useState(told.sentTo)
  const [byPasskey, setByPasskey] = useState(false)
  return (
    <>
      <div hidden={sentTo !== null} className={sentTo === null ? 'flex flex-col gap-6' : 'hidden'}>
        {/* The form is only hidden, but a page has one title. */}
        {sentTo === null && <PageTitle lead={words.signUp.lead}>{words.signUp.title}</PageTitle>}
        <SignUpForm {...told} byPasskey={byPasskey} onChooseWay={setByPasskey} onDone={setSentTo} />
      </div>
      {sentTo !== null && (
        <CheckMail
          email={sentTo}
          purpose="CONFIRM_ADDRESS"
          returnPath={byPasskey ? pathToPasskey({ returnPath, locale }) : returnPath}
          locale={locale}
          words={words}
          next={byPasskey ? words.passkey.signUp.next : words.checkMail.signUpNext}
          onOther={() => setSentTo(null)}
        />
      )}
    </>
  )
}

function SignUpForm({
  returnPath,
  wants: wantsAtFirst,
  locale,
  words,
  byPasskey,
  onChooseWay,
  onDone,
}: Omit<Told, 'sentTo'> & {
  /** A passkey follows the mail, in place of a password. */
  byPasskey: boolean
  onChooseWay: (byPasskey: boolean) => void
  onDone: (email: string) => void
}) {
  const [wants, setWants] = useState<Wants>(wantsAtFirst)
  const canPasskey = useCanPasskey()
  const { run, isRunning, refusal } = useAction(words)
  const form = useFocusOnProblem(refusal)
  const problems = readFieldProblems(refusal)
  const said = words.signUp
  const hints = wants === 'OWNER' ? said.ownerHints : said
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const fields = new FormData(event.currentTarget)
    const read = (name: string) => String(fields.get(name) ?? '')
    const person = {
      email: read('email'),
      name: read('name'),
      phone: read('phone'),
      ...(!byPasskey && { password: read('password') }),
      wants,
      ...readAgreement(fields),
      errand: byPasskey
        ? { ...readErrand(returnPath), returnPath: pathToPasskey({ returnPath, locale }) }
        : readErrand(returnPath),
      locale,
    }
    run(
      () => signUpHere(person),
      ({ email }) => onDone(email),
    )
  }
  return (
    <form ref={form} onSubmit={submit} noValidate className="flex flex-col gap-6">
      <WantsChoice wants={wants} onChoose={setWants} words={said} />
      <TextField
        label={said.email}
        name="email"
        type="email"
        autoComplete="username"
        inputMode="email"
        autoCapitalize="none"
        required
        hint={hints.emailHint}
        error={problems.has('email') && said.problems.email}
      />
      {byPasskey ? (
        <p className="text-quiet">{words.passkey.signUp.hint}</p>
      ) : (
        <NewPasswordField
          label={words.password.label}
          problem={problems.get('password')}
          words={words.password}
        />
      )}
      {canPasskey && (
        <Button tone="outline" isWide onClick={() => onChooseWay(!byPasskey)}>
          {byPasskey ? words.passkey.signUp.password : words.passkey.signUp.offer}
        </Button>
      )}
      <TextField
        label={said.name}
        name="name"
        autoComplete="name"
        required
        hint={hints.nameHint}
        error={sayProblem({
          problem: problems.get('name'),
          empty: said.problems.nameEmpty,
          otherwise: said.problems.name,
        })}
      />
      <TextField
        label={
          <>
            {said.phone} <span className="font-normal text-quiet">{said.phoneOptional}</span>
          </>
        }
        name="phone"
        type="tel"
        autoComplete="tel"
        inputMode="tel"
        hint={hints.phoneHint}
        error={problems.has('phone') && said.problems.phone}
      />
      <AgreementField
        isRefused={problems.has('agreesToTerms')}
        locale={locale}
        words={words.agreement}
      />
      <LiveArea className="empty:hidden">
        {refusal && <StatusMessage tone="refusal" title={refusal.words} />}
      </LiveArea>
      <SubmitButton isRunning={isRunning} working={said.working}>
        {said.submit}
      </SubmitButton>
    </form>
  )
}
