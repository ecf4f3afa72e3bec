import type { ReactNode } from 'react'
import { PasskeyNotice } from '@/components/identity/passkey/passkey-notice'
import { ProofGate } from '@/components/identity/proof-gate'
import { SettingsHeader } from '@/components/restaurant/settings/settings-header'
import { readPageVisitor } from '@/domain/identity/loaders'
import { loadPasskeyNotice } from '@/domain/identity/passkey.loaders'
import { loadStaffRestaurant } from '@/domain/restaurant/loaders'
import { loadMessages } from '@/lib/i18n/messages'
import { readPageLocale } from '@/lib/i18n/page-locale'

type Props = { children: ReactNode; params: Promise<{ locale: string; slug: string }> }

/** Names the restaurant and its settings pages. Each page decides itself who may see it. */
export default async function SettingsLayout({ children, params }: Props) {
  const locale = await readPageLocale(params)
  const restaurant = await loadStaffRestaurant({ slug: (await params).slug, rights: 'OWNER' })
  if (!restaurant) return children
  const { settings, access } = await loadMessages(locale)
  const visitor = await readPageVisitor()
  const asksForPasskey = await loadPasskeyNotice()
  return (
    <>
      <SettingsHeader restaurant={restaurant} locale={locale} words={settings} />
      {asksForPasskey && (
        <PasskeyNotice
          locale={locale}
          words={{ ...access.passkey.notice, failed: access.failed }}
        />
      )}
      {visitor?.isShared ? (
        <ProofGate locale={locale} words={access}>
          {children}
        </ProofGate>
      ) : (
        children
      )}
    </>
  )
}
