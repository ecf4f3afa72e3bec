'use client'

import { type ReactNode, useId, useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { TextArea } from '@/components/ui/field'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { type ActionRefusal, useAction } from '@/components/ui/use-action'
import { fillIn } from '@/components/ui/words'
import { ADMIN_TIME_ZONE } from '@/lib/i18n/admin-time-zone'
import type { Locale } from '@/lib/i18n/locale'
import { nameInstant } from '@/lib/i18n/moment'
import type { ActionAnswer } from '@/lib/problems/result'
import type { ActWords } from './act-words'
import { useNews } from './news'

type Asking = {
  title: string
  /** Explains the consequences beforehand. */
  text: ReactNode
  yes: string
  /** True: the act requires a reason. */
  needsReason?: boolean
}

type Act<Input> = {
  act: (given: Input & { locale: Locale; reason: string }) => Promise<ActionAnswer<unknown>>
  input: Input
  label: string
  /** Replaces the label while the act runs. */
  working: string
  /** The success message at the top of the page. */
  done: string
  tone?: 'main' | 'outline' | 'danger'
  /** Absent: one tap acts at once. */
  asking?: Asking
  isDisabled?: boolean
  locale: Locale
  words: ActWords
}

/** Another admin was faster: says who acted, when, and what the state is now. */
function describeRefusal({
  refusal,
  locale,
  words,
}: {
  refusal: ActionRefusal
  locale: Locale
  words: ActWords
}): string | null {
  const { state, decidedAt, decidedBy } = refusal.details
  if (refusal.reason !== 'already-decided' || typeof decidedAt !== 'string') return null
  const named = Object.entries(words.states).find(([name]) => name === state)
  return fillIn(words.decided, {
    time: nameInstant({ at: decidedAt, timeZone: ADMIN_TIME_ZONE, locale }),
    name: typeof decidedBy === 'string' ? decidedBy : words.someone,
    state: named?.[1] ?? '',
  })
}

/** One admin act: its button, its question, and the refusal if there is one. */
export function ActButton<Input extends object>(given: Act<Input>) {
  const {
    act,
    input,
    label,
    working,
    done,
    tone = 'outline',
    asking,
    isDisabled,
    locale,
    words,
  } = given
  const [isOpen, setIsOpen] = useState(false)
  const [isMissing, setIsMissing] = useState(false)
  const reason = useRef<HTMLTextAreaElement>(null)
  const reasonId = useId()
  const { run, isRunning, refusal } = useAction(words)
  const tell = useNews()
  const go = () => {
    const said = reason.current?.value.trim() ?? ''
    setIsMissing(Boolean(asking?.needsReason) && said === '')
    if (asking?.needsReason && said === '') return reason.current?.focus()
    const more = asking?.needsReason ? { reason: said } : {}
    run(
      () => act({ ...input, ...more, locale } as Parameters<typeof act>[0]),
      () => {
        setIsOpen(false)
        tell(done)
      },
    )
  }
  const refused = refusal && (
    <StatusMessage tone="refusal" title={refusal.words}>
      {describeRefusal({ refusal, locale, words })}
    </StatusMessage>
  )
  return (
    <>
      <Button
        tone={tone}
        disabled={isDisabled || isRunning}
        onClick={() => (asking ? setIsOpen(true) : go())}
      >
        {isRunning ? working : label}
      </Button>
      {!asking && <LiveArea className="basis-full empty:hidden">{refused}</LiveArea>}
      {asking && (
        <Dialog
          isOpen={isOpen}
          onClose={() => setIsOpen(false)}
          canClose={!isRunning}
          title={asking.title}
          closeLabel={words.close}
        >
          <div className="flex flex-col gap-2">{asking.text}</div>
          {asking.needsReason && (
            <TextArea
              ref={reason}
              id={reasonId}
              label={words.reason}
              error={isMissing ? words.reasonMissing : undefined}
              rows={3}
              maxLength={500}
              required
            />
          )}
          <LiveArea className="empty:hidden">{refused}</LiveArea>
          <div className="grid gap-2 md:grid-cols-2">
            <Button tone="outline" disabled={isRunning} onClick={() => setIsOpen(false)}>
              {words.cancel}
            </Button>
            <Button tone={tone === 'danger' ? 'danger' : 'main'} disabled={isRunning} onClick={go}>
              {isRunning ? working : asking.yes}
            </Button>
          </div>
        </Dialog>
      )}
    </>
  )
}
