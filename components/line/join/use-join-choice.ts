'use client'

import { type RefObject, useEffect, useState } from 'react'
import { goToSignIn } from '@/components/identity/errand'
import type { Dining } from '@/domain/line/types'
import type { Locale } from '@/lib/i18n/locale'

export type JoinChoice = { partySize: number; dining: Dining }

const MOST_PEOPLE = 20
const PARAMETER = 'line'

/** The choice, kept in the address while the visitor signs in. */
export function useJoinChoice({
  section,
  locale,
}: {
  section: RefObject<HTMLElement | null>
  locale: Locale
}) {
  const [choice, setChoice] = useState<JoinChoice>({ partySize: 2, dining: 'IN_STORE' })
  useEffect(() => {
    const query = new URLSearchParams(window.location.search)
    const dining = query.get(PARAMETER)
    if (dining !== 'IN_STORE' && dining !== 'TAKEOUT') return
    const size = Number(query.get('party'))
    const isFit = Number.isInteger(size) && size > 0 && size <= MOST_PEOPLE
    setChoice({ partySize: isFit ? size : 2, dining })
    section.current?.scrollIntoView()
  }, [section])
  return {
    choice,
    choose: (change: Partial<JoinChoice>) => setChoice({ ...choice, ...change }),
    /** Signing in returns to exactly this choice. */
    goToSignIn: () => {
      const query = new URLSearchParams({
        party: String(choice.partySize),
        [PARAMETER]: choice.dining,
      })
      const returnPath = `${window.location.pathname}?${query}`
      goToSignIn({ returnPath, locale })
    },
  }
}
