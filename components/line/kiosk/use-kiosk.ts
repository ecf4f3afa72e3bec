'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { ask } from '@/components/ui/client/ask'
import { askUntilAnswered } from '@/components/ui/client/retry'
import type { KioskRestaurant } from '@/domain/line/kiosk.schema'
import { readKioskToken } from './kept-token'

export type KioskState =
  | { kind: 'loading' }
  /** This device was never made a tablet. */
  | { kind: 'none' }
  | { kind: 'revoked' }
  | { kind: 'unreached' }
  | { kind: 'ready'; token: string; restaurant: KioskRestaurant }

/**
 * Retries after every refusal but 401: the others can be resolved elsewhere, but a revoked tablet
 * stays revoked.
 */
const untilReached = {
  mostTries: Number.POSITIVE_INFINITY,
  outlasts: (status: number) => status !== 401,
}

/** Finds the restaurant of this tablet, and retries by itself without a network. */
export function useKiosk() {
  const [state, setState] = useState<KioskState>({ kind: 'loading' })
  const current = useRef<object | null>(null)
  const find = useCallback(async () => {
    const mine = {}
    current.current = mine
    const token = readKioskToken()
    if (!token) return setState({ kind: 'none' })
    const headers = { 'kiosk-token': token }
    const outcome = await askUntilAnswered({
      askOnce: () => ask<KioskRestaurant>({ url: '/api/v1/kiosk', credentials: 'omit', headers }),
      read: (restaurant) => restaurant,
      isWanted: () => current.current === mine,
      onWait: () => setState({ kind: 'unreached' }),
      persistence: untilReached,
    })
    if (outcome?.kind === 'done') setState({ kind: 'ready', token, restaurant: outcome.value })
    if (outcome?.kind === 'refused') setState({ kind: 'revoked' })
  }, [])
  useEffect(() => {
    void find()
    return () => {
      current.current = null
    }
  }, [find])
  return { state, ask: find, revoke: () => setState({ kind: 'revoked' }) }
}
