'use client'

import type { FormEvent } from 'react'
import { Button } from '@/components/ui/button'
import { TextField } from '@/components/ui/field'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { useAction } from '@/components/ui/use-action'
import { connectSlack } from '@/domain/restaurant/settings.actions'
import type { SlackState } from '@/domain/restaurant/settings.schema'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'

type Told = {
  slack: SlackState
  restaurantId: string
  locale: Locale
  words: Messages['notice']['slack']
}

/** The restaurant's Slack: what is sent there, whether it is connected, and how to connect it. */
export function SlackForm({ slack, restaurantId, locale, words }: Told) {
  const { run, isRunning, refusal } = useAction(words)
  const connect = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const url = String(new FormData(event.currentTarget).get('url') ?? '')
    run(() => connectSlack({ restaurantId, url, locale }))
  }
  const disconnect = () => run(() => connectSlack({ restaurantId, url: null, locale }))
  return (
    <section className="flex flex-col gap-3 rounded-card border border-line bg-raised p-4">
      <div className="flex flex-col gap-1">
        <h2 className="font-semibold">Slack</h2>
        <p className="text-15 text-quiet">{slack.state === 'on' ? words.on : words.off}</p>
      </div>
      {slack.state === 'refused' && (
        <StatusMessage tone="refusal" title={words.refused}>
          <p className="text-15 wrap-anywhere">{slack.refusal}</p>
        </StatusMessage>
      )}
      {slack.state === 'on' ? (
        <Button tone="outline" className="self-start" disabled={isRunning} onClick={disconnect}>
          {isRunning ? words.saving : words.disconnect}
        </Button>
      ) : (
        <form onSubmit={connect} className="flex flex-col gap-3">
          <TextField
            label={words.address}
            name="url"
            type="url"
            autoComplete="off"
            placeholder="https://hooks.slack.com/services/…"
            hint={words.hint}
            error={refusal?.words}
            required
          />
          <Button type="submit" tone="outline" className="self-start" disabled={isRunning}>
            {isRunning ? words.saving : words.connect}
          </Button>
        </form>
      )}
      <LiveArea className="empty:hidden">
        {refusal && slack.state === 'on' && <StatusMessage tone="refusal" title={refusal.words} />}
      </LiveArea>
    </section>
  )
}
