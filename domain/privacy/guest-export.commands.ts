import { editRestaurant } from '@/domain/restaurant/commands'
import type { StaffActor } from '@/domain/restaurant/types'
import { type Result, refuse } from '@/lib/problems/result'
import { createLimit, takeEach } from '@/lib/redis/limit'
import { noteSecurity } from '@/lib/security/security-log'
import type { ExportFormat } from './schema'

const exports = createLimit({ name: 'export:restaurant', tries: 6, windowSeconds: 3_600 })

/**
 * Lets an owner have their restaurant's guest data, and has the audit log record it first. The
 * restaurant is the controller of that data, so neither floor staff nor admins of the service get
 * it: `not-found`. Refuses `rate-limited`. Locks the restaurant's row.
 */
export async function allowGuestExport({
  restaurantId,
  actor,
  format,
}: {
  restaurantId: string
  actor: StaffActor
  format: ExportFormat
}): Promise<Result<null, 'rate-limited' | 'not-found'>> {
  const allowed = await editRestaurant<null, 'rate-limited'>({
    restaurantId,
    actor,
    work: async ({ role, stop, record }) => {
      if (role !== 'OWNER') return stop(refuse('not-found'))
      const limited = await takeEach([[exports, restaurantId]])
      if (limited) return stop(limited)
      await record({ act: 'EXPORT_GUESTS', to: 'EXPORTED' })
      return null
    },
  })
  if (allowed.ok) noteSecurity({ event: 'export', kind: 'guests', subjectId: restaurantId, format })
  return allowed
}
