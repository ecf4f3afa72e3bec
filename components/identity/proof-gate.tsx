'use client'

import { type ReactNode, useCallback, useRef, useState } from 'react'
import { Dialog } from '@/components/ui/dialog'
import { type AskForProof, ProofContext } from '@/components/ui/proof-context'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { ProofByCode } from './proof-by-code'
import { ProofByPasskey } from './proof-by-passkey'
import { ProofByPassword } from './proof-by-password'

type Way = 'password' | 'code'

/**
 * Asks for a proof of who the person is, in a dialog over the page that needs it: what was typed
 * there stays, and the act goes on once it is given. Closing the dialog gives the act up.
 */
export function ProofGate({
  locale,
  words,
  children,
}: {
  locale: Locale
  words: Messages['access']
  children: ReactNode
}) {
  const [way, setWay] = useState<Way | null>(null)
  const [hasPassword, setHasPassword] = useState(false)
  const [hasPasskey, setHasPasskey] = useState(false)
  const settle = useRef<(isProven: boolean) => void>(null)
  const ask = useCallback<AskForProof>(({ details }) => {
    setHasPassword(details.hasPassword === true)
    setHasPasskey(details.hasPasskey === true)
    setWay(details.hasPassword === true ? 'password' : 'code')
    return new Promise((resolve) => {
      settle.current = resolve
    })
  }, [])
  const finish = (isProven: boolean) => {
    setWay(null)
    settle.current?.(isProven)
    settle.current = null
  }
  const said = words.proof
  const told = { locale, words, onProven: () => finish(true) }
  return (
    <ProofContext value={ask}>
      {children}
      <Dialog
        isOpen={way !== null}
        onClose={() => finish(false)}
        title={said.title}
        closeLabel={said.close}
      >
        <p>{said.lead}</p>
        {way !== null && hasPasskey && <ProofByPasskey {...told} />}
        {way === 'password' && <ProofByPassword {...told} onOther={() => setWay('code')} />}
        {way === 'code' && (
          <ProofByCode {...told} onOther={hasPassword ? () => setWay('password') : null} />
        )}
      </Dialog>
    </ProofContext>
  )
}
