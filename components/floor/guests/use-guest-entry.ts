'use client'

import { useCallback, useEffect, useState } from 'react'
import { useBoardControls, useBoardView } from '@/components/floor/state/board-context'
import { type StaffAnswer, useStaffAsk } from '@/components/floor/state/use-staff-ask'
import { ask } from '@/components/ui/client/ask'
import type { GuestEntry } from '@/domain/floor/guest-entry.schema'
import type { GuestChange, MergedGuests, PartyRef } from '@/domain/guest/entry.schema'

type EntryState = { kind: 'LOADING' } | { kind: 'FAILED' } | { kind: 'READY'; entry: GuestEntry }

/** The words of a refusal; null: it was done. A lost answer is `lost`, and what was typed stays. */
export type Refused = { reason: string | null; title: string | null } | 'lost' | null

const refusedBy = (answer: StaffAnswer<unknown>): Refused => {
  if (answer.kind === 'not-made') return { reason: 'author-needed', title: null }
  if (answer.kind === 'problem') {
    const { reason, title } = answer.problem
    return { reason, title }
  }
  return answer.kind === 'lost' ? 'lost' : null
}

/** The requests of staff about the guests of the board's restaurant. */
export function useGuestRequests() {
  const { locale } = useBoardControls().identity
  const { restaurantId } = useBoardView()
  const url = `/api/v1/restaurants/${restaurantId}/guests`
  const act = useStaffAsk()
  const merge = async ({ guestId, into }: { guestId: string; into: string }) =>
    refusedBy(
      await act<MergedGuests>({ url: `${url}/${guestId}/merge`, method: 'POST', body: { into } }),
    )
  const split = async (guestId: string) =>
    refusedBy(await act<MergedGuests>({ url: `${url}/${guestId}/merge`, method: 'DELETE' }))
  /** The id of the entry, or why there is none. */
  const writeDown = async (party: PartyRef): Promise<{ id: string } | Refused> => {
    const answer = await act<{ id: string }>({ url, method: 'POST', body: party })
    return answer.kind === 'value' ? answer.value : refusedBy(answer)
  }
  return { url, locale, act, merge, split, writeDown }
}

/** A guest as the book has them now; `change` saves under the version that is shown. */
export function useGuestEntry(guestId: string) {
  const { url, locale, act } = useGuestRequests()
  const [state, setState] = useState<EntryState>({ kind: 'LOADING' })
  const address = `${url}/${guestId}`
  const load = useCallback(async () => {
    const answer = await ask<GuestEntry>({ url: address, locale })
    return answer.kind === 'value' ? answer.value : null
  }, [address, locale])
  const reload = useCallback(async () => {
    const entry = await load()
    setState(entry ? { kind: 'READY', entry } : { kind: 'FAILED' })
  }, [load])
  useEffect(() => {
    let isCurrent = true
    setState({ kind: 'LOADING' })
    void load().then((entry) => {
      if (isCurrent) setState(entry ? { kind: 'READY', entry } : { kind: 'FAILED' })
    })
    return () => {
      isCurrent = false
    }
  }, [load])
  const change = async (given: GuestChange, version: number): Promise<Refused> => {
    const answer = await act<GuestEntry>({
      url: address,
      method: 'PATCH',
      body: given,
      headers: { 'if-match': `"${version}"` },
    })
    if (answer.kind !== 'value') return refusedBy(answer)
    setState({ kind: 'READY', entry: answer.value })
    return null
  }
  return { state, reload, change }
}
