import { type Result, refuse } from '@/lib/problems/result'
import { editVersion } from './commands'
import { findHoursFault } from './hours.rules'
import { listHoursIn, listPictures, listTablesIn } from './setup.queries'
import {
  type HoursChange,
  MOST_TABLES,
  type Picture,
  type TableChange,
  type TablesToAdd,
} from './setup.schema'
import type { StaffActor } from './types'

/** No two tables in use have the same number. */
const NUMBER_ONCE = { restaurant_tables_number_once: 'number-taken' } as const

/**
 * Adds tables of one class. They appear in schedules made from now on; existing ones get them when
 * they are remade. Locks the restaurant's row. Refuses `not-found`, `changed-meanwhile` (with the
 * present tables), `number-taken`, `too-many-tables`.
 */
export async function addTables({
  actor,
  ...asked
}: TablesToAdd & { actor: StaffActor }): Promise<Result<{ version: number }>> {
  const { restaurantId, version, count, minParty, maxParty } = asked
  return editVersion({
    restaurantId,
    actor,
    version,
    constraints: NUMBER_ONCE,
    readPresent: ({ tx }) => listTablesIn(tx, restaurantId),
    work: async ({ tx, stop, record }) => {
      const tables = await listTablesIn(tx, restaurantId)
      if (tables.length + count > MOST_TABLES) stop(refuse('too-many-tables'))
      const first = asked.firstNumber ?? (tables.at(-1)?.number ?? 0) + 1
      const numbers = Array.from({ length: count }, (_, index) => first + index)
      await tx.restaurantTable.createMany({
        data: numbers.map((number) => ({ restaurantId, number, minParty, maxParty })),
      })
      await record({ act: 'ADD_TABLES', to: 'ADDED', details: { numbers, minParty, maxParty } })
    },
  })
}

/**
 * Changes a table's number or party sizes. Existing slots keep the party sizes they were offered
 * with. Locks the restaurant's row. Refuses `not-found`, `changed-meanwhile` (with the present
 * tables), `number-taken`, and `over-seats` if a combination of it would seat more than its tables.
 */
export async function changeTable({
  actor,
  ...asked
}: TableChange & { actor: StaffActor }): Promise<Result<{ version: number }>> {
  const { restaurantId, version, tableId, number, minParty, maxParty } = asked
  return editVersion({
    restaurantId,
    actor,
    version,
    constraints: { ...NUMBER_ONCE, restaurant_tables_combined_seats: 'over-seats' },
    readPresent: ({ tx }) => listTablesIn(tx, restaurantId),
    work: async ({ tx, stop, record }) => {
      const before = (await listTablesIn(tx, restaurantId)).find(({ id }) => id === tableId)
      if (!before) return stop(refuse('not-found'))
      await tx.restaurantTable.update({
        where: { id: tableId },
        data: { number, minParty, maxParty },
      })
      const on = { subject: 'TABLE', subjectId: tableId } as const
      await record({ act: 'CHANGE_TABLE', ...on, to: 'CHANGED', details: { before } })
    },
  })
}

/**
 * Saves the whole regular week. Dates with a schedule keep it until staff remake it. Locks the
 * restaurant's row. Refuses `not-found`, `changed-meanwhile` (with the present week), and, with the
 * stretch concerned: `hours-empty`, `hours-overlap`, `before-day-cut`, `beyond-day-cut`.
 */
export async function saveHours({
  restaurantId,
  version,
  hours,
  actor,
}: HoursChange & { actor: StaffActor }): Promise<Result<{ version: number }>> {
  return editVersion({
    restaurantId,
    actor,
    version,
    constraints: { restaurant_hours_no_overlap: 'hours-overlap' },
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
}

/**
 * Replaces all pictures with these, in this order. Nothing is fetched: only visitors' browsers ever
 * load the addresses. Locks the restaurant's row. Refuses `not-found` and `changed-meanwhile`, as
 * the profile does.
 */
export async function savePictures({
  pictures,
  ...saving
}: {
  restaurantId: string
  actor: StaffActor
  version: number
  pictures: Picture[]
}): Promise<Result<{ version: number }>> {
  const { restaurantId } = saving
  return editVersion({
    ...saving,
    readPresent: async ({ tx }) => ({ pictures: await listPictures(restaurantId, tx) }),
    work: async ({ tx, restaurant, record }) => {
      const before = await listPictures(restaurantId, tx)
      await tx.restaurantPicture.deleteMany({ where: { restaurantId } })
      await tx.restaurantPicture.createMany({
        data: pictures.map((picture, position) => ({ restaurantId, position, ...picture })),
      })
      const to = restaurant.published ? 'PUBLISHED' : 'UNPUBLISHED'
      await record({ act: 'EDIT_PICTURES', from: to, to, details: { before } })
    },
  })
}
