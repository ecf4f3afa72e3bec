'use client'

import type { Locale } from '@/lib/i18n/locale'
import { KioskMessage } from './kiosk-message'
import { KioskVisit } from './kiosk-visit'
import { useKiosk } from './use-kiosk'
import type { KioskWords } from './words'

/** The tablet at the door, where one guest after another takes a ticket. */
export function KioskApp({ locale, words }: { locale: Locale; words: KioskWords }) {
  const { state, ask, revoke } = useKiosk()
  const told = { locale, words }
  if (state.kind === 'ready')
    return (
      <KioskVisit {...told} token={state.token} restaurant={state.restaurant} onRevoked={revoke} />
    )
  if (state.kind === 'none')
    return <KioskMessage {...told} title={words.none} text={words.noneText} />
  if (state.kind === 'revoked')
    return <KioskMessage {...told} title={words.revoked} text={words.revokedText} />
  if (state.kind === 'unreached')
    return (
      <KioskMessage
        {...told}
        title={words.unreached}
        text={words.unreachedText}
        onAgain={() => void ask()}
      />
    )
  return <KioskMessage {...told} title={words.loading} text="" />
}
