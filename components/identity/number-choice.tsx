'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { useAction } from '@/components/ui/use-action'
import { fillIn } from '@/components/ui/words'
import { pickNumberOfBrowser } from '@/domain/identity/link.actions'
import type { Asking } from '@/domain/identity/link-request.rules'
import { describeBrowser } from '@/lib/http/browser'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'

/**
 * Signs in the browser that asked for the mail, if its reader finds the number that it shows. Who
 * did not ask sees no number anywhere, and can end the request.
 */
export function NumberChoice({
  token,
  asking,
  locale,
  words,
}: {
  token: string
  asking: Asking
  locale: Locale
  words: Messages['access']
}) {
  const [done, setDone] = useState<'picked' | 'ended' | null>(null)
  const { run, isRunning, refusal } = useAction(words)
  const said = words.number
  const browser = describeBrowser({ ...asking, locale })
  const pick = (number: number | null) =>
    run(
      () => pickNumberOfBrowser({ token, number, locale }),
      () => setDone(number === null ? 'ended' : 'picked'),
    )
  return (
    <section className="flex flex-col gap-4 border-t border-line pt-6">
      <h2 className="text-20 font-bold">{said.title}</h2>
      <LiveArea className="empty:hidden">
        {refusal && <StatusMessage tone="refusal" title={refusal.words} />}
        {done && (
          <StatusMessage tone="confirmed" title={fillIn(said[done], { browser })}>
            <p className="text-quiet">{said[`${done}Text`]}</p>
          </StatusMessage>
        )}
      </LiveArea>
      {!done && refusal?.reason !== 'number-wrong' && (
        <>
          <p>{fillIn(said.lead, { browser })}</p>
          <div className="grid grid-cols-3 gap-2">
            {asking.choices.map((number) => (
              <Button
                key={number}
                tone="outline"
                size="large"
                disabled={isRunning}
                aria-label={fillIn(said.pick, { number })}
                onClick={() => pick(number)}
                className="text-28 tabular-nums"
              >
                {number}
              </Button>
            ))}
          </div>
          <p className="text-15 text-quiet">{said.warning}</p>
          <Button tone="quiet" isWide disabled={isRunning} onClick={() => pick(null)}>
            {said.notMe}
          </Button>
        </>
      )}
    </section>
  )
}
