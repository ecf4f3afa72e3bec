'use client'

import { type FormEvent, useState } from 'react'
import { DoneNote } from '@/components/identity/account/setting'
import { Button } from '@/components/ui/button'
import { SelectField } from '@/components/ui/field'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { useAction } from '@/components/ui/use-action'
import { fillIn } from '@/components/ui/words'
import { sendOwnSample } from '@/domain/notification/actions'
import { mailKinds } from '@/domain/notification/types'
import { type Locale, locales } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'

/** Sends one mail of any kind, with sample data, to the signed-in admin. */
export function SampleForm({
  locale,
  words,
  kinds,
}: {
  locale: Locale
  words: Messages['notice']['sample']
  kinds: Messages['admin']['notices']['kinds']
}) {
  const { run, isRunning, refusal } = useAction(words)
  const [sentTo, setSentTo] = useState<string>()
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const given = new FormData(event.currentTarget)
    const kind = mailKinds.find((each) => each === given.get('kind'))
    const language = locales.find((each) => each === given.get('language'))
    setSentTo(undefined)
    if (kind && language)
      run(
        () => sendOwnSample({ kind, language, locale }),
        ({ email }) => setSentTo(email),
      )
  }
  return (
    <section className="flex flex-col gap-3 rounded-card border border-line bg-raised p-4">
      <div className="flex flex-col gap-1">
        <h2 className="font-semibold">{words.title}</h2>
        <p className="text-15 text-quiet">{words.text}</p>
      </div>
      <form onSubmit={send} className="flex flex-wrap items-end gap-3">
        <SelectField label={words.kind} name="kind">
          {mailKinds.map((kind) => (
            <option key={kind} value={kind}>
              {kinds[kind]}
            </option>
          ))}
        </SelectField>
        <SelectField label={words.language} name="language" defaultValue={locale}>
          {locales.map((each) => (
            <option key={each} value={each}>
              {words[each]}
            </option>
          ))}
        </SelectField>
        <Button type="submit" tone="outline" disabled={isRunning}>
          {isRunning ? words.sending : words.send}
        </Button>
      </form>
      <DoneNote text={sentTo && fillIn(words.sent, { email: sentTo })} />
      <LiveArea className="empty:hidden">
        {refusal && <StatusMessage tone="refusal" title={refusal.words} />}
      </LiveArea>
    </section>
  )
}
