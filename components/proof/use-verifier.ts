'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { ask } from '@/components/ui/client/ask'
import type { GivenTurn, OpeningLog, SlotTaken } from '@/domain/proof/schema'

/** One finding of `public/verify-opening.mjs`; its facts fill the sentence. */
export type Check = {
  id: string
  state: 'ok' | 'bad' | 'note'
  why?: string
} & Record<string, string | number | undefined>

export type Verified = {
  checks: Check[]
  isRight: boolean
  turns: GivenTurn[]
  bookings: SlotTaken[]
  slots: OpeningLog['slots']
}
type Said =
  | { kind: 'progress'; done: number; all: number }
  | ({ kind: 'done' } & Verified)
  | { kind: 'failed' }

export type Verifying =
  | { step: 'idle' | 'loading' | 'failed' }
  | { step: 'running'; done: number; all: number }
  | { step: 'done'; result: Verified; receipt: string }

/** The log of a large opening is several megabytes. */
const PATIENCE_MS = 120_000

/**
 * Downloads the log and recomputes it in a worker, with the very file that anyone can download: the
 * page has no shortcut of its own.
 */
export function useVerifier(openingId: string) {
  const [verifying, setVerifying] = useState<Verifying>({ step: 'idle' })
  const worker = useRef<Worker | null>(null)
  useEffect(() => () => worker.current?.terminate(), [])

  const verify = useCallback(
    async (typed: string) => {
      setVerifying({ step: 'loading' })
      try {
        const { tidyNumber } = await import('@/lib/text/typed')
        // Pasted with line breaks or typed full-width, it is the same receipt.
        const receipt = tidyNumber(typed)
        const url = `/api/v1/openings/${openingId}/proof`
        const read = (response: Response) => response.text()
        const answer = await ask({ url, read, patienceMs: PATIENCE_MS })
        if (answer.kind !== 'value') throw new Error(`${url} did not answer`)
        const text = answer.value
        worker.current?.terminate()
        const running = new Worker('/verify-opening.mjs', { type: 'module' })
        worker.current = running
        running.onmessage = ({ data }: MessageEvent<Said>) => {
          if (data.kind === 'progress') setVerifying({ step: 'running', ...data })
          else if (data.kind === 'done') setVerifying({ step: 'done', result: data, receipt })
          else setVerifying({ step: 'failed' })
        }
        running.onerror = () => setVerifying({ step: 'failed' })
        running.postMessage({ text, receipts: receipt === '' ? [] : [receipt] })
      } catch {
        setVerifying({ step: 'failed' })
      }
    },
    [openingId],
  )
  return { verifying, verify }
}
