'use client'

import { useEffect } from 'react'
import { ask } from '@/components/ui/client/ask'
import { requestSignOut } from './auth-requests'
import { forgetVisitor } from './visitor'

/**
 * The header trusts the session without checking it. A page that did check passes on its finding:
 * an ended session is discarded, a stale one is renewed.
 */
export function SessionKeeper({ fate }: { fate: 'ended' | 'stale' }) {
  useEffect(() => {
    const mending =
      fate === 'ended' ? requestSignOut() : ask({ url: '/api/v1/session', method: 'PUT' })
    // If this fails, the next page that checks tries again.
    mending.then(forgetVisitor, () => {})
  }, [fate])
  return null
}
