'use client'

import { useEffect, useState } from 'react'
import { ask } from '@/components/ui/client/ask'
import type { KnownGuest } from '@/domain/guest/entry.schema'
import { planSearch } from '@/domain/guest/search.rules'
import type { Locale } from '@/lib/i18n/locale'

/** The search waits until typing pauses. */
const REST_MS = 350
const MOST_SHOWN = 4
const SHORTEST_NAME = 2

/** Whether the server would search for it: part of a name, or the last digits of a phone. */
function isSearch(typed: string): boolean {
  const { name, ends } = planSearch(typed)
  return ends !== null || (name !== null && typed.length >= SHORTEST_NAME)
}

/** The restaurant's guests that match what staff type. Without a network they type it all. */
export function useKnownGuests({
  restaurantId,
  typed,
  locale,
}: {
  restaurantId: string
  /** Empty: staff have picked one, or type nothing. */
  typed: string
  locale: Locale
}): KnownGuest[] {
  const [found, setFound] = useState<{ typed: string; items: KnownGuest[] }>({
    typed: '',
    items: [],
  })
  useEffect(() => {
    if (!isSearch(typed)) return
    let isCurrent = true
    const timer = setTimeout(async () => {
      const query = new URLSearchParams({ search: typed, limit: String(MOST_SHOWN) })
      const url = `/api/v1/restaurants/${restaurantId}/guests?${query}`
      const answer = await ask<{ items: KnownGuest[] }>({ url, locale })
      if (isCurrent && answer.kind === 'value') setFound({ typed, items: answer.value.items })
    }, REST_MS)
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [restaurantId, typed, locale])
  return found.typed === typed ? found.items : []
}
