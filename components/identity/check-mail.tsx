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
import { AwaitedMail } from './awaited-mail'
import { readErrand } from './errand'

/**
 * A mail takes a moment to arrive; with a second one under way the visitor may press the wrong
 * link.
 */
const PAUSE_MS = 60_000

type Sent = Pick<LinkWish, 'email' | 'purpose'> & {
  /** Where the visitor goes on. */
  returnPath: string
  locale: Locale
  words: Messages['access']
}

/**
 * A mail is on its way: its address, the code to type from it, what else it may do, and what to do
 * if it does not arrive. The page goes on once the mail was used.
 */
export function CheckMail({
  next,
  onOther,
  ...sent
}: Sent & {
  /** What the recipient does with the mail. */
  next: string
  /** Called when the visitor wants another address. */
  onOther: () => void
}) {
  const { email, purpose, returnPath, locale, words } = sent
  const [mails, setMails] = useState(1)
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => title.current?.focus(), [])
  useSentMark()
  const said = words.checkMail
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
      <AwaitedMail mails={mails} returnPath={returnPath} locale={locale} words={words} />
      <p className="text-15 text-quiet">{said.missing}</p>
      <div className="flex flex-col gap-2">
        <SendAgain {...sent} onSent={() => setMails((count) => count + 1)} />
        <Button
          tone="quiet"
          isWide
          onClick={() => {
            writeSentMark(false)
            onOther()
          }}
        >
          {said.otherAddress}
        </Button>
      </div>
    </div>
  )
}

function SendAgain({
  email,
  purpose,
  returnPath,
  locale,
  words,
  onSent,
}: Sent & { onSent: () => void }) {
  const [sentAgain, setSentAgain] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each mail starts a new minute
  const againAtMs = useMemo(() => readSteadyMs() + PAUSE_MS, [sentAgain])
  const secondsLeft = useSecondsUntil(againAtMs) ?? PAUSE_MS / 1_000
  const { run, isRunning, refusal } = useAction(words)
  const said = words.checkMail
  const sendAgain = () =>
    run(
      () => askForLink({ email, purpose, errand: readErrand(returnPath), locale }),
      () => {
        setSentAgain((count) => count + 1)
        onSent()
      },
    )
  return (
    <>
      <LiveArea className="empty:hidden">
        {refusal && <StatusMessage tone="refusal" title={refusal.words} />}
        {!refusal && sentAgain > 0 && <StatusMessage tone="quiet" title={said.sentAgain} />}
      </LiveArea>
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
    </>
  )
}

/** Phones drop a page while their owner reads the mail; loaded anew, it still waits for the code. */
function useSentMark() {
  useEffect(() => writeSentMark(true), [])
}

function writeSentMark(isSent: boolean) {
  const address = new URL(window.location.href)
  if (isSent) address.searchParams.set('sent', '')
  else address.searchParams.delete('sent')
  window.history.replaceState(null, '', address)
}
