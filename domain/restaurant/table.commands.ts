import { databaseErrorCode } from '@/lib/db/database-error'
import { type Result, refuse } from '@/lib/problems/result'
import { editVersion } from './commands'
import { listTablesIn } from './table.queries'
import { MOST_TABLES } from './table.schema'
import type { TableChange, TablesToAdd } from './table.types'
import type { StaffActor } from './types'

const UNIQUE_VIOLATION = '23505'

/** Two tables in use never have one number: the unique index decides. */
async function refusingNumbers<Value>(edit: Promise<Result<Value>>): Promise<Result<Value>> {
  try {
    return await edit
  } catch (error) {
    if (databaseErrorCode(error) === UNIQUE_VIOLATION) return refuse('number-taken')
    throw error
  }
}

/**
 * Adds tables of one class. They come into schedules made from now on; days that have one get them
 * when it is made anew. Locks the restaurant's row. Refuses `not-found`, `changed-meanwhile` (with
 * the present tables), `number-taken`, `too-many-tables`.
 */
export async function addTables({
  actor,
  ...asked
}: TablesToAdd & { actor: StaffActor }): Promise<Result<{ version: number }>> {
  const { restaurantId, version, count, minParty, maxParty } = asked
  return refusingNumbers(
    editVersion({
      restaurantId,
      actor,
      version,
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
    }),
  )
}

/**
 * Changes a table's number or the parties it is for. Slots that were offered keep the party sizes
 * they were offered with. Locks the restaurant's row. Refuses `not-found`, `changed-meanwhile` (with
 * the present tables), `number-taken`.
 */
export async function changeTable({
  actor,
  ...asked
}: TableChange & { actor: StaffActor }): Promise<Result<{ version: number }>> {
  const { restaurantId, version, tableId, number, minParty, maxParty } = asked
  return refusingNumbers(
    editVersion({
      restaurantId,
      actor,
      version,
      readPresent: ({ tx }) => listTablesIn(tx, restaurantId),
      work: async ({ tx, stop, record }) => {
        const before = (await listTablesIn(tx, restaurantId)).find(({ id }) => id === tableId)
        if (!before) return stop(refuse('not-found'))
        await tx.restaurantTable.update({
          where: { id: tableId },
          data: { number, minParty, maxParty },
        })
        const subject = { kind: 'TABLE', id: tableId }
        await record({ act: 'CHANGE_TABLE', subject, to: 'CHANGED', details: { before } })
      },
    }),
  )
}
