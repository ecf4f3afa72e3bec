'use client'

import { useEffect, useState } from 'react'
import { type Answer, ask } from '@/components/ui/client/ask'
import { repeat } from '@/components/ui/client/poll'
import type { GuestImport, GuestImportPage } from '@/domain/guest/import.schema'
import type { Locale } from '@/lib/i18n/locale'

/** Ten megabytes on a slow line. */
const PATIENCE_MS = 120_000
/** After an answer that did not come. */
const REST_MS = 2_000
/** As many lines to look at as staff correct before they choose the file again. */
export const MOST_SHOWN = 50

export type Doing =
  | { kind: 'CHOOSING' }
  /** Null: nothing is known of it yet. */
  | { kind: 'WORKING'; isDryRun: boolean; told: GuestImport | null }
  | { kind: 'TOLD'; told: GuestImport }
  /** Null: no answer came. */
  | { kind: 'REFUSED'; title: string | null }

/** Null: the import is not over, or its answer was lost and is asked for again. */
function endOf(answer: Answer<GuestImportPage>): Doing | null {
  if (answer.kind === 'value')
    return answer.value.state === 'RUNNING' ? null : { kind: 'TOLD', told: answer.value }
  const isOver = answer.kind === 'problem' && answer.problem.status < 500
  return isOver ? { kind: 'REFUSED', title: answer.problem.title } : null
}

/**
 * A file's way into the guest book: judged, confirmed, imported. The file stays with the page, and one that
 * runs already is watched without its file.
 */
export function useGuestImport({
  restaurantId,
  running,
  locale,
}: {
  restaurantId: string
  /** Null: none runs. */
  running: GuestImport | null
  locale: Locale
}) {
  const [file, setFile] = useState<File | null>(null)
  const [doing, setDoing] = useState<Doing>(
    running ? { kind: 'WORKING', isDryRun: running.isDryRun, told: running } : { kind: 'CHOOSING' },
  )
  const url = `/api/v1/restaurants/${restaurantId}`
  const runningId = doing.kind === 'WORKING' ? (doing.told?.id ?? null) : null

  useEffect(() => {
    if (runningId === null) return
    const query = new URLSearchParams({ attention: 'true', limit: String(MOST_SHOWN) })
    const progress = `${url}/guest-imports/${runningId}?${query}`
    const repeating = repeat({
      act: async (stopper) => {
        const answer = await ask<GuestImportPage>({ url: progress, locale, stopper })
        return stopper.signal.aborted ? null : answer
      },
      planRest: (answer) => {
        if (answer === null) return null
        const end = endOf(answer)
        if (end) setDoing(end)
        if (end) return null
        if (answer.kind !== 'value') return REST_MS
        setDoing({ kind: 'WORKING', isDryRun: answer.value.isDryRun, told: answer.value })
        return answer.value.pollAfterMs
      },
    })
    return repeating.stop
  }, [runningId, url, locale])

  const send = async (chosen: File, isDryRun: boolean) => {
    setDoing({ kind: 'WORKING', isDryRun, told: null })
    const answer = await ask<GuestImport>({
      url: `${url}/guests/import?dryRun=${isDryRun}`,
      method: 'POST',
      body: chosen,
      headers: { 'content-type': 'text/csv' },
      locale,
      patienceMs: PATIENCE_MS,
    })
    if (answer.kind !== 'value')
      return setDoing({
        kind: 'REFUSED',
        title: answer.kind === 'problem' ? answer.problem.title : null,
      })
    const { value: told } = answer
    setDoing(
      told.state === 'RUNNING' ? { kind: 'WORKING', isDryRun, told } : { kind: 'TOLD', told },
    )
  }
  return {
    doing,
    choose: (chosen: File) => {
      setFile(chosen)
      void send(chosen, true)
    },
    /** Null: the page no longer has the file. */
    start: file && (() => void send(file, false)),
    reset: () => setDoing({ kind: 'CHOOSING' }),
  }
}
