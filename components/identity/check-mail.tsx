'use client'

import { useEffect, useMemo, useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { readSteadyMs } from '@/components/ui/client/steady-clock'
import { useSecondsUntil } from '@/components/ui/client/use-server-now'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { useAction } from '@/components/ui/use-action'
import { fillIn } from '@/components/ui/words'
import { askForLink } from '@/domain/identity/link.actions'
import type { LinkWish } from '@/domain/identity/link.schema'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'

/**
 * A mail takes a moment to arrive; with a second one under way the visitor may press the wrong
 * link.
 */
const PAUSE_MS = 60_000

/** A mail is on its way: its address, what to do with it, and what to do if it does not arrive. */
export function CheckMail({
  email,
  purpose,
  next,
  onOther,
  locale,
  words,
}: LinkWish & {
  /** What the recipient does with the mail. */
  next: string
  /** Called when the visitor wants another address. */
  onOther: () => void
  locale: Locale
  words: Messages['access']
}) {
  const [sentAgain, setSentAgain] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each mail starts a new minute
  const againAtMs = useMemo(() => readSteadyMs() + PAUSE_MS, [sentAgain])
  const secondsLeft = useSecondsUntil(againAtMs) ?? PAUSE_MS / 1_000
  const { run, isRunning, refusal } = useAction(words)
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => title.current?.focus(), [])
  const said = words.checkMail
  const sendAgain = () =>
    run(
      () => askForLink({ email, purpose, locale }),
      () => setSentAgain((count) => count + 1),
    )
  return (
    <div className="flex flex-col gap-6">
      <header className="flex flex-col gap-1">
        <h1 ref={title} tabIndex={-1} className="text-28 leading-tight font-bold outline-none">
          {said.title}
        </h1>
        <p className="text-quiet">{purpose === 'CONFIRM_ADDRESS' ? said.sentTo : said.ifKnown}</p>
      </header>
      <StatusMessage tone="confirmed" title={<bdi>{email}</bdi>}>
        <p>{next}</p>
      </StatusMessage>
      <p className="text-15 text-quiet">{said.missing}</p>
      <LiveArea className="empty:hidden">
        {refusal && <StatusMessage tone="refusal" title={refusal.words} />}
        {!refusal && sentAgain > 0 && <StatusMessage tone="quiet" title={said.sentAgain} />}
      </LiveArea>
      <div className="flex flex-col gap-2">
        <Button
          tone="outline"
          isWide
          disabled={isRunning || secondsLeft > 0}
          onClick={sendAgain}
          className="tabular-nums"
        >
          {isRunning && said.sending}
          {!isRunning && secondsLeft > 0 && fillIn(said.againIn, { seconds: secondsLeft })}
          {!isRunning && secondsLeft === 0 && said.again}
        </Button>
        <Button tone="quiet" isWide onClick={onOther}>
          {said.otherAddress}
        </Button>
      </div>
    </div>
  )
}
