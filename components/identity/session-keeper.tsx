'use client'

import { useEffect } from 'react'
import { renewSession } from '@/domain/identity/session/actions'
import type { Locale } from '@/lib/locale'
import { requestSignOut } from './auth-requests'
import { forgetVisitor } from './visitor'

/**
 * The header believes the session, which nobody checks for it. A page that did check passes on what
 * it found: a session that is over is thrown away, one that says something old is made anew.
 */
export function SessionKeeper({ fate, locale }: { fate: 'ended' | 'stale'; locale: Locale }) {
  useEffect(() => {
    const mending = fate === 'ended' ? requestSignOut() : renewSession({ locale })
    // When it can't be done now, the next page that checks tries again.
    mending.then(forgetVisitor, () => {})
  }, [fate, locale])
  return null
}
