'use client'

import { unstable_isUnrecognizedActionError as isOfAnotherRelease } from 'next/navigation'
import { use, useEffect, useState, useTransition } from 'react'
import type { ActionAnswer } from '@/lib/problems/result'
import { useRenewedWords } from './failure'
import { ProofContext } from './proof-context'
import { isRenewed } from './renewed'

export type ActionRefusal = Extract<ActionAnswer<unknown>, { ok: false }>

/** Another release runs on the server: the page is loaded anew, and keeps what was typed. */
const renew = async (notice: string) => (await import('./renew-page')).renewPage(notice)

/**
 * Runs a server action. One that needs a proof of who the person is asks for it, where the page
 * can, and is repeated as it was; what was typed stays. A refusal is kept until the next try; a lost answer becomes `failed`, in the
 * page's words. An action that the server no longer knows, because a new release runs there, would
 * fail for ever: the page is renewed instead.
 */
export function useAction({ failed }: { failed: string }) {
  const [refusal, setRefusal] = useState<ActionRefusal | null>(null)
  const [isRunning, startRunning] = useTransition()
  const renewed = useRenewedWords()
  const prove = use(ProofContext)
  useEffect(() => {
    if (isRenewed()) void import('./renew-page').then(({ restoreTyped }) => restoreTyped())
  }, [])
  const run = <T>(act: () => Promise<ActionAnswer<T>>, onDone?: (value: T) => void) =>
    startRunning(async () => {
      setRefusal(null)
      try {
        const answer = await act()
        if (answer.ok) onDone?.(answer.value)
        else if (answer.reason !== 'proof-needed' || !prove) setRefusal(answer)
        // Not awaited: while one transition waits, React ends none that begins in the dialog.
        else
          void prove(answer).then((isProven) => (isProven ? run(act, onDone) : setRefusal(answer)))
      } catch (error) {
        if (isOfAnotherRelease(error) && (await renew(renewed))) return
        setRefusal({ ok: false, reason: 'unavailable', words: failed, details: {} })
      }
    })
  return { run, isRunning, refusal }
}
