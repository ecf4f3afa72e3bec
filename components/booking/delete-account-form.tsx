'use client'

import { type FormEvent, useEffect, useRef, useState } from 'react'
import { requestSignOut } from '@/components/identity/auth-requests'
import { forgetVisitor } from '@/components/identity/visitor'
import { Button, styleButton } from '@/components/ui/button'
import { TextField } from '@/components/ui/field'
import { PageLink } from '@/components/ui/page-link'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { useAction } from '@/components/ui/use-action'
import { fillIn } from '@/components/ui/words'
import { deleteOwnAccount } from '@/domain/booking/actions'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'

type Told = { locale: Locale; words: Messages['account']['deleteAccount'] }

/** The final question before everything is erased, then the goodbye in its place. */
export function DeleteAccountForm({ email, locale, words }: Told & { email: string | null }) {
  const { run, isRunning, refusal } = useAction({ failed: words.failed })
  const [cancelled, setCancelled] = useState<number | null>(null)
  const form = useRef<HTMLFormElement>(null)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const typed = String(new FormData(event.currentTarget).get('proof') ?? '')
    const proof = email === null ? { password: typed } : { email: typed }
    run(
      async () => {
        const answer = await deleteOwnAccount({ ...proof, locale })
        if (!answer.ok) form.current?.querySelector('input')?.focus()
        return answer
      },
      (erased) => {
        setCancelled(erased.cancelled)
        // The account is gone even if the browser fails to drop its session.
        void requestSignOut().then(forgetVisitor)
      },
    )
  }
  if (cancelled !== null) return <Goodbye cancelled={cancelled} locale={locale} words={words} />
  const isOfField = refusal?.reason === 'wrong-password' || refusal?.reason === 'email-mismatch'
  return (
    <form ref={form} onSubmit={submit} noValidate className="flex flex-col gap-5">
      <TextField
        label={email === null ? words.password : words.email}
        name="proof"
        type={email === null ? 'password' : 'email'}
        autoComplete={email === null ? 'current-password' : 'off'}
        hint={email !== null && fillIn(words.emailHint, { email })}
        error={isOfField && refusal.words}
      />
      <LiveArea className="empty:hidden">
        {refusal && !isOfField && <StatusMessage tone="refusal" title={refusal.words} />}
      </LiveArea>
      <Button type="submit" tone="danger" size="large" disabled={isRunning} isWide>
        {isRunning ? words.working : words.submit}
      </Button>
      <PageLink href="/account" locale={locale} className={styleButton({ tone: 'quiet' })}>
        {words.back}
      </PageLink>
    </form>
  )
}

function Goodbye({ cancelled, locale, words }: Told & { cancelled: number }) {
  const message = useRef<HTMLDivElement>(null)
  useEffect(() => message.current?.focus(), [])
  const done = cancelled > 0 ? fillIn(words.doneCancelled, { count: cancelled }) : words.done
  return (
    <div ref={message} tabIndex={-1} role="status" className="outline-none">
      <StatusMessage
        tone="confirmed"
        title={words.doneTitle}
        actions={
          <PageLink href="/" locale={locale} className={styleButton({ tone: 'outline' })}>
            {words.home}
          </PageLink>
        }
      >
        <p>{done}</p>
      </StatusMessage>
    </div>
  )
}
