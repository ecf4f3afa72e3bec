'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { useAction } from '@/components/ui/use-action'
import { fillIn } from '@/components/ui/words'
import { askToSignInWithoutPasskey, enterWithoutPasskey } from '@/domain/identity/passkey.actions'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'

type Told = {
  /** From when the person can do without, in words. Null: not asked yet. */
  waitsUntil: string | null
  isReady: boolean
  returnPath: string
  locale: Locale
  words: Messages['access']['passkey']['second']['lost'] & Pick<Messages['access'], 'failed'>
}

/** The way in of a person who has lost their passkeys: asked for, waited for, and gone. */
export function LostPasskey({ waitsUntil, isReady, ...told }: Told) {
  if (isReady) return <EnterWithout {...told} />
  if (waitsUntil === null) return <AskToWait {...told} />
  const { words } = told
  return (
    <StatusMessage tone="quiet" title={fillIn(words.waiting, { time: waitsUntil })}>
      <p className="text-15">{words.waitingText}</p>
    </StatusMessage>
  )
}

function AskToWait({ locale, words }: Pick<Told, 'locale' | 'words'>) {
  const [isAsking, setIsAsking] = useState(false)
  const { run, isRunning, refusal } = useAction(words)
  const wait = () =>
    run(
      () => askToSignInWithoutPasskey({ locale }),
      () => setIsAsking(false),
    )
  return (
    <>
      <Button tone="quiet" onClick={() => setIsAsking(true)}>
        {words.open}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        title={words.title}
        confirm={isRunning ? words.working : words.ask}
        cancel={words.cancel}
        closeLabel={words.close}
        tone="main"
        isRunning={isRunning}
        refusal={refusal?.words}
        onConfirm={wait}
        onClose={() => setIsAsking(false)}
      >
        {words.text}
      </ConfirmDialog>
    </>
  )
}

function EnterWithout({ returnPath, locale, words }: Omit<Told, 'waitsUntil' | 'isReady'>) {
  const { run, isRunning, refusal } = useAction(words)
  const enter = () =>
    run(
      () => enterWithoutPasskey({ locale }),
      () => window.location.assign(returnPath),
    )
  return (
    <section className="flex flex-col gap-3">
      <StatusMessage tone="quiet" title={words.ready}>
        <p className="text-15">{words.readyText}</p>
      </StatusMessage>
      <LiveArea className="empty:hidden">
        {refusal && <StatusMessage tone="refusal" title={refusal.words} />}
      </LiveArea>
      <Button tone="outline" isWide disabled={isRunning} onClick={enter}>
        {isRunning ? words.working : words.enter}
      </Button>
    </section>
  )
}
