import type { ReactNode } from 'react'
import { SessionKeeper } from '@/components/identity/session-keeper'
import { readSessionFate } from '@/domain/identity/loaders'
import { readPageLocale } from '@/lib/i18n/page-locale'

type Props = { children: ReactNode; params: Promise<{ locale: string }> }

/** An owner who was approved since they signed in gets a header that knows it. */
export default async function OwnerLayout({ children, params }: Props) {
  const locale = await readPageLocale(params)
  const fate = await readSessionFate()
  return (
    <>
      {fate === 'stale' && <SessionKeeper fate={fate} locale={locale} />}
      {children}
    </>
  )
}
