'use client'

import { useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { CheckField, TextField } from '@/components/ui/field'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { useAction } from '@/components/ui/use-action'
import { fillIn } from '@/components/ui/words'
import { inviteToStaff } from '@/domain/restaurant/staff.actions'
import type { MemberRole } from '@/domain/restaurant/staff.schema'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'

const roles: MemberRole[] = ['STAFF', 'OWNER']

/** Invites a person by mail. The address stays in the field until it was sent. */
export function InviteForm({
  restaurantId,
  locale,
  words,
}: {
  restaurantId: string
  locale: Locale
  words: Messages['settings']['staff']
}) {
  const [email, setEmail] = useState('')
  const [role, setRole] = useState<MemberRole>('STAFF')
  const [sentTo, setSentTo] = useState<string | null>(null)
  const { run, isRunning, refusal } = useAction({ failed: words.failed })
  const field = useRef<HTMLInputElement>(null)
  const isWrong = refusal?.reason === 'invalid'
  const send = () => {
    setSentTo(null)
    run(
      () => inviteToStaff({ restaurantId, email, role, locale }),
      () => {
        setSentTo(email.trim())
        setEmail('')
        field.current?.focus()
      },
    )
  }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (!isRunning) send()
      }}
      className="flex flex-col gap-5"
    >
      <TextField
        ref={field}
        label={words.email}
        name="email"
        type="email"
        inputMode="email"
        autoComplete="off"
        autoCapitalize="none"
        value={email}
        error={isWrong && words.emailError}
        onChange={(event) => setEmail(event.target.value)}
      />
      <fieldset className="flex flex-col">
        <legend className="font-medium">{words.role}</legend>
        {roles.map((one) => (
          <CheckField
            key={one}
            type="radio"
            name="role"
            value={one}
            label={words[`role${one}`]}
            hint={one === 'OWNER' && role === 'OWNER' ? words.ownerHint : undefined}
            checked={role === one}
            onChange={() => setRole(one)}
          />
        ))}
      </fieldset>
      <LiveArea className="empty:hidden">
        {sentTo && <StatusMessage tone="confirmed" title={fillIn(words.sent, { email: sentTo })} />}
        {refusal && !isWrong && <StatusMessage tone="refusal" title={refusal.words} />}
      </LiveArea>
      <Button type="submit" isWide aria-disabled={isRunning}>
        {isRunning ? words.sending : words.send}
      </Button>
    </form>
  )
}
