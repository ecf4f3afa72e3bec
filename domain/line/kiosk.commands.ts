import { requireProof } from '@/domain/identity/proof.commands'
import { editRestaurant } from '@/domain/restaurant/commands'
import type { StaffActor } from '@/domain/restaurant/types'
import { hashDeviceToken, makeDeviceToken } from '@/lib/crypto/device-token'
import { type Result, refuse } from '@/lib/problems/result'

/**
 * Makes a tablet at the door one of the restaurant's kiosks. The token is returned once and not
 * stored, so an owner who loses it connects the tablet again. Locks the restaurant's row,
 * then the owner's session. Refuses as `requireProof`, and `not-found` except to its approved owners
 * and to admins.
 */
export async function connectKiosk({
  name,
  sessionId,
  ...asked
}: {
  restaurantId: string
  actor: StaffActor
  sessionId: string | null
  name: string
}): Promise<Result<{ kioskId: string; token: string }>> {
  return editRestaurant({
    ...asked,
    work: async ({ tx, restaurant, record, stop }) => {
      await requireProof(tx, { accountId: asked.actor.accountId, sessionId, stop })
      const token = makeDeviceToken()
      const { id: kioskId } = await tx.kiosk.create({
        data: { restaurantId: restaurant.id, name, tokenHash: hashDeviceToken(token) },
        select: { id: true },
      })
      await record({
        act: 'CONNECT_KIOSK',
        to: 'CONNECTED',
        subject: 'KIOSK',
        subjectId: kioskId,
        details: { name },
      })
      return { kioskId, token }
    },
  })
}

/**
 * Stops a tablet from taking tickets; those it took stay in line. Locks the restaurant's row,
 * then the owner's session. Refuses as `requireProof`, and `not-found` (also for a kiosk already
 * revoked, or of another restaurant).
 */
export async function revokeKiosk({
  kioskId,
  sessionId,
  ...asked
}: {
  restaurantId: string
  actor: StaffActor
  sessionId: string | null
  kioskId: string
}): Promise<Result<{ kioskId: string }>> {
  return editRestaurant({
    ...asked,
    work: async ({ tx, stop, restaurant, record }) => {
      const revoked = await tx.$executeRaw`
        UPDATE kiosks SET revoked_at = now()
         WHERE id = ${kioskId}::uuid AND restaurant_id = ${restaurant.id}::uuid AND revoked_at IS NULL`
      if (revoked === 0) return stop(refuse('not-found'))
      await requireProof(tx, { accountId: asked.actor.accountId, sessionId, stop })
      const on = { subject: 'KIOSK', subjectId: kioskId } as const
      await record({ act: 'REVOKE_KIOSK', from: 'CONNECTED', to: 'REVOKED', ...on })
      return { kioskId }
    },
  })
}
