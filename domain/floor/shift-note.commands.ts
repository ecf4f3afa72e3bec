import { recordAct } from '@/domain/identity/audit.commands'
import { lockStaffRole } from '@/domain/restaurant/commands'
import type { StaffActor } from '@/domain/restaurant/types'
import { runTransaction } from '@/lib/db/transaction'
import { type Result, refuse } from '@/lib/problems/result'
import { readNoteDate, readShiftNoteIn } from './shift-note.queries'
import type { ShiftNote } from './shift-note.schema'

/**
 * Writes the note of a service date (default: today), in one transaction with its audit event, which has
 * its author and not its words. Locks the staff's role, then the note's row. Staff replace only what they
 * saw: with another `version` it is refused `changed-meanwhile`, with the `present` one; the same text is no
 * change. Refuses `past-date`, and `not-found`, also to everyone outside the staff.
 */
export async function writeShiftNote({
  restaurantId,
  date: asked,
  version,
  text,
  actor,
}: {
  restaurantId: string
  date?: string | undefined
  /** The one that was shown. Null: whichever it is. */
  version: number | null
  text: string | null
  actor: StaffActor
}): Promise<Result<ShiftNote, 'not-found' | 'past-date' | 'changed-meanwhile'>> {
  return runTransaction(async (tx, stop) => {
    const role = await lockStaffRole(tx, { ...actor, restaurantId })
    const found = role && (await readNoteDate(tx, { restaurantId, date: asked }))
    if (!found) return stop(refuse('not-found'))
    const { date, today } = found
    if (date < today) return stop(refuse('past-date', { today }))
    await tx.$executeRaw`
      INSERT INTO shift_notes (restaurant_id, service_date) VALUES (${restaurantId}::uuid, ${date}::date)
      ON CONFLICT DO NOTHING`
    await tx.$queryRaw`
      SELECT version FROM shift_notes
       WHERE restaurant_id = ${restaurantId}::uuid AND service_date = ${date}::date FOR UPDATE`
    const present = await readShiftNoteIn(tx, { restaurantId, date })
    if (present.text === text) return present
    if (version !== null && version !== present.version)
      return stop(refuse('changed-meanwhile', { present }))
    await tx.$executeRaw`
      UPDATE shift_notes
         SET text = ${text}, version = version + 1, written_by = ${actor.accountId}::uuid, written_at = now()
       WHERE restaurant_id = ${restaurantId}::uuid AND service_date = ${date}::date`
    await recordAct(tx, {
      subject: 'SHIFT_NOTE',
      subjectId: restaurantId,
      restaurantId,
      actor: { ...actor, role },
      act: 'WRITE_SHIFT_NOTE',
      to: text === null ? 'ERASED' : 'WRITTEN',
      details: { serviceDate: date },
    })
    return readShiftNoteIn(tx, { restaurantId, date })
  })
}
