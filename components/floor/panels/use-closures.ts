'use client'

import { useEffect, useState } from 'react'
import { useBoardControls, useBoardView } from '@/components/floor/state/board-context'
import { useWords } from '@/components/floor/words/use-words'
import { type Answer, ask } from '@/components/ui/client/ask'
import type { TableClosure, TableClosureDraft } from '@/domain/floor/table-closure.schema'
import type { Area } from '@/domain/restaurant/table-group.schema'

/** Why nothing was done, in words; null: it was done. */
type Refused = string | null

function useClosureRequests() {
  const { words } = useWords()
  const { identity, reload } = useBoardControls()
  const { restaurantId } = useBoardView()
  const { locale } = identity
  const url = `/api/v1/restaurants/${restaurantId}`
  const tell = (answer: Answer<unknown>): Refused => {
    if (answer.kind === 'problem') return answer.problem.title ?? words.closing.failed
    if (answer.kind === 'lost') return words.closing.failed
    reload()
    return null
  }
  return { url, locale, tell }
}

/** What is closed, with its parties and a move for each; read anew with each change of the board. */
export function useClosures() {
  const { url, locale, tell } = useClosureRequests()
  const { parties, closures: shown } = useBoardView()
  const [closures, setClosures] = useState<TableClosure[] | null>(null)
  const [isLost, setIsLost] = useState(false)
  const address = `${url}/closures`
  // biome-ignore lint/correctness/useExhaustiveDependencies: other parties or closings on the board may mean others here
  useEffect(() => {
    let isCurrent = true
    void ask<TableClosure[]>({ url: address, locale }).then((answer) => {
      if (!isCurrent) return
      setIsLost(answer.kind !== 'value')
      if (answer.kind === 'value') setClosures(answer.value)
    })
    return () => {
      isCurrent = false
    }
  }, [address, locale, parties, shown])
  const end = async (closureId: string, to: string | null): Promise<Refused> => {
    const answer = await ask<TableClosure[]>({
      url: `${address}/${closureId}`,
      ...(to === null ? { method: 'DELETE' as const } : { method: 'PATCH' as const, body: { to } }),
      locale,
    })
    if (answer.kind === 'value') setClosures(answer.value)
    return tell(answer)
  }
  return { closures, isLost, end }
}

/** The restaurant's areas, null until they are read, and the request that closes one. */
export function useClosing() {
  const { url, locale, tell } = useClosureRequests()
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
  const close = async (closure: TableClosureDraft): Promise<Refused> =>
    tell(await ask<TableClosure>({ url: `${url}/closures`, method: 'POST', body: closure, locale }))
  return { areas: areas.filter(({ tableNumbers }) => tableNumbers.length > 0), close }
}
