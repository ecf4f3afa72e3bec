'use client'

import type { FormEvent, ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { readFieldProblems, sayProblem } from '@/components/ui/field-problems'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { useAction } from '@/components/ui/use-action'
import type { ActionAnswer } from '@/lib/problems/result'

/**
 * The form of one setting. Refusals never clear its fields; a refused field shows its own message,
 * and every other message stands above the buttons.
 */
export function SettingForm<T>({
  act,
  onDone,
  onGiveUp,
  words,
  fields,
  submit = words.save,
}: {
  act: (given: (name: string) => string) => Promise<ActionAnswer<T>>
  onDone: (value: T) => void
  onGiveUp: () => void
  words: { save: string; saving: string; cancel: string; failed: string }
  fields: (
    refused: (name: string, otherwise: string, empty?: string) => string | undefined,
  ) => ReactNode
  submit?: string
}) {
  const { run, isRunning, refusal } = useAction({ failed: words.failed })
  const problems = readFieldProblems(refusal)
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const given = new FormData(form)
    run(async () => {
      const answer = await act((name) => String(given.get(name) ?? ''))
      if (!answer.ok) focusFirst(form)
      return answer
    }, onDone)
  }
  return (
    <form onSubmit={send} noValidate className="flex flex-col gap-4">
      {fields((name, otherwise, empty = otherwise) =>
        sayProblem({ problem: problems.get(name), empty, otherwise }),
      )}
      <LiveArea className="empty:hidden">
        {refusal && problems.size === 0 && <StatusMessage tone="refusal" title={refusal.words} />}
      </LiveArea>
      <div className="flex gap-2">
        <Button type="submit" disabled={isRunning} className="grow">
          {isRunning ? words.saving : submit}
        </Button>
        <Button tone="quiet" onClick={onGiveUp} disabled={isRunning}>
          {words.cancel}
        </Button>
      </div>
    </form>
  )
}

function focusFirst(form: HTMLFormElement) {
  form.querySelector<HTMLElement>('input, select')?.focus()
}
