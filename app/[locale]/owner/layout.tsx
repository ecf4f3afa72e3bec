import type { ReactNode } from 'react'
import { SessionKeeper } from '@/components/identity/session-keeper'
import { readSessionFate } from '@/domain/identity/loaders'

/** An owner who was approved after signing in gets a header that shows it. */
export default async function OwnerLayout({ children }: { children: ReactNode }) {
  const fate = await readSessionFate()
  return (
    <>
      {fate === 'stale' && <SessionKeeper fate={fate} />}
      {children}
    </>
  )
}
