'use client'

import { useEffect, useState } from 'react'
import { poll } from '@/components/ui/client/poll'
import type { OwnRequestView } from '@/domain/identity/link-request.schema'

/**
 * Follows the mail this browser asked for, until somebody has used it. `mail` counts the mails: a
 * new one is followed from its start. Null: not known yet.
 */
export function useOwnRequest(mail: number): OwnRequestView | null {
  const [heard, setHeard] = useState<{ mail: number; view: OwnRequestView } | null>(null)
  const view = heard?.mail === mail ? heard.view : null
  const isOver = view !== null && view.state !== 'waiting'
  useEffect(() => {
    if (isOver) return
    const polling = poll<OwnRequestView>({
      url: '/api/v1/link-request',
      onNews: ({ value }) => setHeard({ mail, view: value }),
    })
    return polling.stop
  }, [mail, isOver])
  return view
}
