'use client'

import { useEffect, useRef, useState } from 'react'
import { useBoardControls, useBoardView } from '@/components/floor/state/board-context'
import { type StaffAnswer, useStaffAsk } from '@/components/floor/state/use-staff-ask'
import { useWords } from '@/components/floor/words/use-words'
import { type Answer, ask } from '@/components/ui/client/ask'
import { type Repeating, repeat } from '@/components/ui/client/poll'
import { nameClosings } from '@/domain/floor/table-closure.rules'
import type { TableClosure, TableClosureDraft } from '@/domain/floor/table-closure.schema'
import type { Area } from '@/domain/restaurant/table-group.schema'

/** What other dates close, and which tables come free for a move, is read at this pace. */
const REST_MS = 30_000

/** In words, why nothing was done. */
export type Outcome = { kind: 'DONE' } | { kind: 'NOT_MADE' } | { kind: 'REFUSED'; title: string }

function useClosureRequests() {
  const { words } = useWords()
  const { identity, reload } = useBoardControls()
  const { restaurantId } = useBoardView()
  const act = useStaffAsk()
  const { locale } = identity
  const url = `/api/v1/restaurants/${restaurantId}`
  const tell = (answer: StaffAnswer<unknown>): Outcome => {
    const { failed } = words.closing
    if (answer.kind === 'not-made') return { kind: 'NOT_MADE' }
    if (answer.kind === 'problem') return { kind: 'REFUSED', title: answer.problem.title ?? failed }
    if (answer.kind === 'lost') return { kind: 'REFUSED', title: failed }
    reload()
    return { kind: 'DONE' }
  }
  return { url, locale, act, tell }
}

/**
 * What is closed, with its parties and a move for each; read anew when the closings of the board's date or
 * the parties there have changed, and else slowly.
 */
export function useClosures() {
  const { url, locale, act, tell } = useClosureRequests()
  const { parties, closures: shown } = useBoardView()
  const [closures, setClosures] = useState<TableClosure[] | null>(null)
  const [isLost, setIsLost] = useState(false)
  const address = `${url}/closures`
  const reading = useRef<Repeating>(null)
  useEffect(() => {
    const repeating = repeat<Answer<TableClosure[]>>({
      act: (stopper) => ask({ url: address, locale, stopper }),
      planRest: (answer) => {
        setIsLost(answer.kind !== 'value')
        if (answer.kind === 'value') setClosures(answer.value)
        return REST_MS
      },
    })
    reading.current = repeating
    return repeating.stop
  }, [address, locale])
  const named = nameClosings({ closures: shown, parties })
  const read = useRef(named)
  useEffect(() => {
    if (read.current === named) return
    read.current = named
    reading.current?.askNow()
  }, [named])
  const end = async (closureId: string, to: string | null): Promise<Outcome> => {
    const answer = await act<TableClosure[]>({
      url: `${address}/${closureId}`,
      ...(to === null ? { method: 'DELETE' as const } : { method: 'PATCH' as const, body: { to } }),
    })
    if (answer.kind === 'value') setClosures(answer.value)
    return tell(answer)
  }
  return { closures, isLost, end }
}

/** The restaurant's areas, null until they are read, and the request that closes one. */
export function useClosing() {
  const { url, locale, act, tell } = useClosureRequests()
  const [areas, setAreas] = useState<Area[]>([])
  useEffect(() => {
    let isCurrent = true
    void ask<Area[]>({ url: `${url}/areas`, locale }).then((answer) => {
      if (isCurrent && answer.kind === 'value') setAreas(answer.value)
    })
    return () => {
      isCurrent = false
    }
  }, [url, locale])
  const close = async (closure: TableClosureDraft): Promise<Outcome> =>
    tell(await act<TableClosure>({ url: `${url}/closures`, method: 'POST', body: closure }))
  return { areas: areas.filter(({ tableNumbers }) => tableNumbers.length > 0), close }
}
