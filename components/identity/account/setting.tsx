'use client'

import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { CheckIcon } from '@/components/ui/icons'
import { LiveArea } from '@/components/ui/status-message'
import { fillIn } from '@/components/ui/words'
import type { Message } from '@/lib/i18n/message'

/** One group of settings on the account page, as a card under its name. */
export function SettingGroup({ title, children }: { title: string; children: ReactNode }) {
  const titleId = useId()
  return (
    <section aria-labelledby={titleId} className="flex flex-col gap-3">
      <h2 id={titleId} className="text-20 font-bold">
        {title}
      </h2>
      <div className="flex flex-col divide-y divide-line rounded-card border border-line bg-raised">
        {children}
      </div>
    </section>
  )
}

/**
 * One setting: its present value, and its form on demand. The focus moves into the form and back;
 * screen readers hear the outcome.
 */
export function Setting({
  label,
  value,
  hint,
  words,
  children,
}: {
  label: string
  value: ReactNode
  hint?: ReactNode
  words: { change: string; changeLabel: Message<'label'> }
  /** `finish` closes the form and reports what was done; without words it was cancelled. */
  children: (finish: (done?: string) => void) => ReactNode
}) {
  const [isOpen, setIsOpen] = useState(false)
  const [done, setDone] = useState<string>()
  const wasOpen = useRef(false)
  const button = useRef<HTMLButtonElement>(null)
  const form = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (isOpen) form.current?.querySelector<HTMLElement>('input, select')?.focus()
    else if (wasOpen.current) button.current?.focus()
    wasOpen.current = isOpen
  }, [isOpen])
  const finish = (said?: string) => {
    setDone(said)
    setIsOpen(false)
  }
  return (
    <div className="flex flex-col gap-3 p-4">
      <div className="flex items-center justify-between gap-4">
        <div className="min-w-0">
          <p className="text-15 text-quiet">{label}</p>
          <p className="font-medium wrap-anywhere">{value}</p>
          {hint && <p className="text-15 text-quiet">{hint}</p>}
        </div>
        {!isOpen && (
          <Button
            ref={button}
            tone="outline"
            className="shrink-0"
            aria-label={fillIn(words.changeLabel, { label })}
            onClick={() => {
              setDone(undefined)
              setIsOpen(true)
            }}
          >
            {words.change}
          </Button>
        )}
      </div>
      {isOpen && <div ref={form}>{children(finish)}</div>}
      <DoneNote text={done} />
    </div>
  )
}

/** Confirms the latest change beside its setting. */
export function DoneNote({ text }: { text: string | undefined }) {
  return (
    <LiveArea className="empty:hidden">
      {text && (
        <p className="flex items-start gap-2 text-15 font-medium text-confirmed">
          <CheckIcon />
          {text}
        </p>
      )}
    </LiveArea>
  )
}
