'use client'

import { useEffect } from 'react'
import { ask } from '@/components/ui/client/ask'
import { requestSignOut } from './auth-requests'
import { forgetVisitor } from './visitor'

/**
 * The header believes the session, which nobody checks for it. A page that did check passes on what
 * it found: a session that is over is thrown away, one that says something old is made anew.
 */
export function SessionKeeper({ fate }: { fate: 'ended' | 'stale' }) {
  useEffect(() => {
    const mending =
      fate === 'ended' ? requestSignOut() : ask({ url: '/api/v1/session', method: 'PUT' })
    // When it can't be done now, the next page that checks tries again.
    mending.then(forgetVisitor, () => {})
  }, [fate])
  return null
}
