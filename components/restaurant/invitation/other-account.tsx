'use client'

import { useState } from 'react'
import { requestSignOut } from '@/components/identity/auth-requests'
import { Button } from '@/components/ui/button'
import { LiveArea } from '@/components/ui/status-message'

/** The sign-in page skips visitors who are signed in, so this signs out on the way there. */
export function OtherAccount({
  signInPath,
  label,
  failed,
}: {
  /** With the visitor's language, and the way back here. */
  signInPath: string
  label: string
  failed: string
}) {
  const [state, setState] = useState<'idle' | 'working' | 'failed'>('idle')
  const change = async () => {
    if (state === 'working') return
    setState('working')
    if (await requestSignOut()) window.location.assign(signInPath)
    else setState('failed')
  }
  return (
    <>
      <Button isWide aria-disabled={state === 'working'} onClick={change}>
        {label}
      </Button>
      <LiveArea className="text-15 text-refusal empty:hidden">
        {state === 'failed' && failed}
      </LiveArea>
    </>
  )
}
