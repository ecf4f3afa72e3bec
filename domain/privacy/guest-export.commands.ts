import { requireProof } from '@/domain/identity/proof.commands'
import { editRestaurant } from '@/domain/restaurant/commands'
import type { StaffActor } from '@/domain/restaurant/types'
import { type Result, refuse } from '@/lib/problems/result'
import { createLimit, takeEach } from '@/lib/redis/limit'
import { noteSecurity } from '@/lib/security/security-log'
import type { ExportFormat, GuestList } from './schema'

const exports = createLimit({ name: 'export:restaurant', tries: 6, windowSeconds: 3_600 })

/**
 * Lets an owner have their restaurant's guest data, and has the audit log record it first. The
 * restaurant is the controller of that data, so neither floor staff nor admins of the service get
 * it: `not-found`. Refuses `rate-limited`, and as `requireProof`. Locks the restaurant's row, then
 * the owner's session.
 */
export async function allowGuestExport({
  restaurantId,
  actor,
  sessionId,
  list,
  format,
}: {
  restaurantId: string
  actor: StaffActor
  sessionId: string | null
  list: GuestList
  format: ExportFormat
}): Promise<Result<null, 'rate-limited' | 'not-found' | 'proof-needed' | 'signed-out'>> {
  const allowed = await editRestaurant<null, 'rate-limited' | 'proof-needed' | 'signed-out'>({
    restaurantId,
    actor,
    work: async ({ tx, role, stop, record }) => {
      if (role !== 'OWNER') return stop(refuse('not-found'))
      await requireProof(tx, { accountId: actor.accountId, sessionId, stop })
      const limited = await takeEach([[exports, restaurantId]])
      if (limited) return stop(limited)
      await record({ act: 'EXPORT_GUESTS', to: 'EXPORTED', details: { list } })
      return null
    },
  })
  if (allowed.ok) noteSecurity({ event: 'export', kind: 'guests', subjectId: restaurantId, format })
  return allowed
}
