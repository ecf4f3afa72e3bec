import { databaseErrorCode } from '@/lib/db/database-error'
import { type Result, refuse } from '@/lib/problems/result'
import { editVersion } from './commands'
import { listHoursIn } from './hours.queries'
import { findHoursFault } from './hours.rules'
import type { HoursChange } from './hours.types'
import type { StaffActor } from './types'

const EXCLUSION_VIOLATION = '23P01'

/**
 * Saves the whole ordinary week. Days that have a schedule keep it until somebody makes it anew.
 * Locks the restaurant's row. Refuses `not-found`, `changed-meanwhile` (with the present week), and
 * with the stretch that is meant: `hours-empty`, `hours-overlap`, `before-day-cut`, `beyond-day-cut`.
 */
export async function saveHours({
  restaurantId,
  version,
  hours,
  actor,
}: HoursChange & { actor: StaffActor }): Promise<Result<{ version: number }>> {
  try {
    return await editVersion({
      restaurantId,
      actor,
      version,
      readPresent: ({ tx }) => listHoursIn(tx, restaurantId),
      work: async ({ tx, stop, restaurant, record }) => {
        const fault = findHoursFault({ hours, dayCutMinutes: restaurant.dayCutMinutes })
        if (fault) stop(refuse(fault.reason, { stretch: fault.stretch }))
        const before = await listHoursIn(tx, restaurantId)
        await tx.restaurantHours.deleteMany({ where: { restaurantId } })
        await tx.restaurantHours.createMany({
          data: hours.map((stretch) => ({ ...stretch, restaurantId })),
        })
        await record({ act: 'CHANGE_HOURS', to: 'SAVED', details: { before } })
      },
    })
  } catch (error) {
    if (databaseErrorCode(error) === EXCLUSION_VIOLATION) return refuse('hours-overlap')
    throw error
  }
}
