'use client'

import { useCallback, useEffect, useState } from 'react'
import type { KioskRestaurant } from '@/domain/line/kiosk.schema'
import { readKioskToken } from './kept-token'

const PATIENCE_MS = 8_000
const RETRY_MS = 5_000

export type KioskState =
  | { kind: 'loading' }
  /** Nobody has made this device a tablet. */
  | { kind: 'none' }
  | { kind: 'revoked' }
  | { kind: 'unreached' }
  | { kind: 'ready'; token: string; restaurant: KioskRestaurant }

async function askRestaurant(token: string): Promise<KioskState> {
  try {
    const response = await fetch('/api/v1/kiosk', {
      cache: 'no-store',
      credentials: 'omit',
      headers: { 'kiosk-token': token },
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    if (response.status === 401) return { kind: 'revoked' }
    if (!response.ok) return { kind: 'unreached' }
    const restaurant: KioskRestaurant = await response.json()
    return { kind: 'ready', token, restaurant }
  } catch {
    return { kind: 'unreached' }
  }
}

/** Whose door this tablet stands at. Asks again by itself while there is no network. */
export function useKiosk() {
  const [state, setState] = useState<KioskState>({ kind: 'loading' })
  const ask = useCallback(async () => {
    const token = readKioskToken()
    setState(token ? await askRestaurant(token) : { kind: 'none' })
  }, [])
  useEffect(() => {
    void ask()
  }, [ask])
  useEffect(() => {
    if (state.kind !== 'unreached') return
    const timer = setTimeout(() => void ask(), RETRY_MS)
    return () => clearTimeout(timer)
  }, [state, ask])
  return { state, ask, revoke: () => setState({ kind: 'revoked' }) }
}
