'use client'

import { useState } from 'react'
import { useAsking } from '@/components/ui/client/use-asking'
import type { Locale } from '@/lib/i18n/locale'

export type TicketNews =
  | { kind: 'refused'; title: string | null }
  | { kind: 'postponed' }
  | { kind: 'undone' }
  | { kind: 'unremembered' }
  | { kind: 'unknown' }
  | null

/** The end of the undo time for a cancellation, by the database's clock. */
export type Undoable = { actId: string; untilMs: number } | null

/** A party's acts on its own ticket, each retried until there is an answer. */
export function useTicketActs({
  address,
  locale,
  onChanged,
}: {
  address: string
  locale: Locale
  /** Called when the page shows an outdated ticket. */
  onChanged: () => Promise<void>
}) {
  const asking = useAsking({ locale })
  const [news, setNews] = useState<TicketNews>(null)
  const [undoable, setUndoable] = useState<Undoable>(null)

  async function act(
    name: 'postpone' | 'cancel' | 'undo' | 'forget' | 'end-consent',
    body: object,
  ) {
    setNews(null)
    const outcome = await asking.run({ url: `/api/v1/tickets/${address}/${name}`, body })
    if (!outcome) return null
    await onChanged()
    if (outcome.kind === 'refused') setNews({ kind: 'refused', title: outcome.problem.title })
    if (outcome.kind === 'unknown') setNews(outcome)
    return outcome.kind === 'done' ? outcome.value : null
  }

  return {
    state: asking.state,
    isRunning: asking.isRunning,
    news,
    undoable,
    forgetUndo: () => setUndoable(null),
    postpone: async (behindNumber: number) => {
      const done = await act('postpone', { behindNumber })
      if (done) setNews({ kind: 'postponed' })
      return done !== null
    },
    cancel: async () => {
      const done = await act('cancel', {})
      const { actId, undoUntil } = done ?? {}
      if (typeof actId === 'string' && typeof undoUntil === 'string')
        setUndoable({ actId, untilMs: Date.parse(undoUntil) })
    },
    forget: async () => {
      setUndoable(null)
      return (await act('forget', {})) !== null
    },
    endConsent: async () => {
      if (await act('end-consent', {})) setNews({ kind: 'unremembered' })
    },
    undo: async () => {
      if (!undoable) return
      const done = await act('undo', { actId: undoable.actId })
      setUndoable(null)
      if (done) setNews({ kind: 'undone' })
    },
  }
}
