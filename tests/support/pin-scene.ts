import { hashPassword } from '@/domain/identity/commands'
import { proveAuthor, type TabletSession } from '@/domain/restaurant/author.commands'
import { writePin } from '@/domain/restaurant/pin.commands'
import { pool } from '@/lib/db/database'
import { runTransaction } from '@/lib/db/transaction'
import { createAccount, createRestaurant, createStaff } from '@/prisma/factories'
import type { Restaurant } from '@/prisma/generated/client'
import { holdSession } from './session-scene'
import { TIME_ZONE } from './time-zone'

export const PIN = '407193'
export const OTHER_PIN = '8261'

/** Gives a member of staff a PIN as they would set it, or as an owner gives it for once. */
export async function givePinTo(
  member: { restaurantId: string; accountId: string },
  { pin = PIN, isOneTime = false }: { pin?: string; isOneTime?: boolean } = {},
): Promise<void> {
  const hash = await hashPassword(pin)
  const written = await runTransaction((tx) => writePin(tx, { ...member, hash, isOneTime }))
  if (!written.ok) throw new Error(written.reason)
}

/** Says of a session that its device is shared. */
export async function shareSession(sessionId: string): Promise<void> {
  await pool.query('UPDATE sessions SET shared_at = now() WHERE id = $1', [sessionId])
}

/** A restaurant whose tablet is shared: signed in by the owner, used by two people with PINs. */
export async function setUpTablet(change: Partial<Restaurant> = {}) {
  const owner = await createAccount(pool, { role: 'OWNER', name: '이사장' })
  const { id: restaurantId } = await createRestaurant(pool, {
    timeZone: TIME_ZONE,
    ownerId: owner.id,
    ...change,
  })
  const hire = async (name: string) => {
    const { id: accountId } = await createAccount(pool, { name })
    await createStaff(pool, { restaurantId, accountId, role: 'STAFF' })
    return accountId
  }
  const [han, seo] = [await hire('한도윤'), await hire('서지안')]
  await givePinTo({ restaurantId, accountId: han })
  await givePinTo({ restaurantId, accountId: seo }, { pin: OTHER_PIN })
  const { sessionId } = await holdSession(owner.id)
  await shareSession(sessionId)
  const tablet: TabletSession = { accountId: owner.id, sessionId, address: null }
  const prove = (accountId: string, pin: string, newPin?: string) =>
    proveAuthor({ restaurantId, accountId, tablet, pin, newPin })
  return { restaurantId, ownerId: owner.id, han, seo, tablet, prove, hire }
}
