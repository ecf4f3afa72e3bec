import { isActive } from '@/domain/line/rules'
import type { TicketAct, TicketStatus } from '@/domain/line/types'

type Entry = {
  number: number
  status: TicketStatus
  postponements: number
  behind: number | null
  /** Its state before its newest act. Null: that act can't be undone. */
  undo: TicketStatus | null
}

/**
 * What a line should do, written a second time in another way: an ordered list, from which a ticket
 * is taken out and put in again. It knows no ranks, rows or locks. An ended ticket stays in the
 * list where it was.
 */
export class LineModel {
  private order: Entry[] = []

  /** The numbers in line, first to last. */
  numbers(): number[] {
    return this.order.filter(({ status }) => isActive(status)).map(({ number }) => number)
  }

  /** Every number, ended tickets included. */
  everybody(): number[] {
    return this.order.map(({ number }) => number)
  }

  /** Changes the status and stays in place. */
  set(number: number, status: TicketStatus): true | string {
    const entry = this.find(number)
    if (!entry) return 'not-found'
    Object.assign(entry, { status, undo: null })
    return true
  }

  statusOf(number: number): TicketStatus | undefined {
    return this.find(number)?.status
  }

  join(): number {
    const number = this.order.length + 1
    this.order.push({
      number,
      status: 'WAITING',
      postponements: 0,
      behind: null,
      undo: null,
    })
    return number
  }

  /** True, or the reason of the refusal. */
  act(act: Exclude<TicketAct, 'POSTPONE' | 'PUT_BACK'>, number: number): true | string {
    const entry = this.find(number)
    if (!entry) return 'not-found'
    const from: Record<typeof act, TicketStatus[]> = {
      CALL: ['WAITING', 'POSTPONED'],
      LAST_CALL: ['WAITING', 'POSTPONED', 'CALLED'],
      SEAT: ['WAITING', 'POSTPONED', 'CALLED', 'LAST_CALLED'],
      CANCEL: ['WAITING', 'POSTPONED', 'CALLED', 'LAST_CALLED'],
    }
    const to = { CALL: 'CALLED', LAST_CALL: 'LAST_CALLED', SEAT: 'SEATED', CANCEL: 'CANCELLED' }
    if (!from[act].includes(entry.status)) return 'cannot-move'
    entry.undo = entry.status
    entry.status = to[act] as TicketStatus
    return true
  }

  postpone(number: number, behind: number): true | string {
    const entry = this.find(number)
    if (!entry) return 'not-found'
    if (entry.status !== 'WAITING' && entry.status !== 'POSTPONED') return 'cannot-move'
    if (entry.postponements === 2) return 'postponed-twice'
    if (behind === number) return 'behind-oneself'
    const named = this.find(behind)
    if (!named || !isActive(named.status)) return 'behind-ended'
    if (this.order.indexOf(named) < this.order.indexOf(entry)) return 'behind-earlier'
    this.order.splice(this.order.indexOf(entry), 1)
    let at = this.order.indexOf(named) + 1
    let end: number = at
    // Parties that postponed there before, ended ones included.
    for (; this.order[at]; at++) {
      if (this.order[at]?.behind === behind) end = at + 1
      else if (isActive(this.order[at]?.status ?? 'WAITING')) break
    }
    this.order.splice(end, 0, entry)
    Object.assign(entry, { status: 'POSTPONED', behind, undo: null })
    entry.postponements += 1
    return true
  }

  /** The last call runs out. */
  lapse(number: number): boolean {
    const entry = this.find(number)
    if (entry?.status !== 'LAST_CALLED') return false
    Object.assign(entry, { status: 'LAPSED', undo: null })
    return true
  }

  putBack(number: number): true | string {
    const entry = this.find(number)
    if (entry?.status !== 'LAPSED') return entry ? 'cannot-move' : 'not-found'
    const others = this.order.filter((one) => one !== entry)
    const first = others.findIndex(({ status }) => status === 'WAITING' || status === 'POSTPONED')
    others.splice(first === -1 ? others.length : first + 1, 0, entry)
    this.order = others
    Object.assign(entry, { status: 'WAITING', undo: 'LAPSED' })
    return true
  }

  /** Undoes the newest act on a ticket. */
  undo(number: number): true | string {
    const entry = this.find(number)
    if (!entry || entry.undo === null) return 'too-late'
    Object.assign(entry, { status: entry.undo, undo: null })
    return true
  }

  private find(number: number): Entry | undefined {
    return this.order.find((entry) => entry.number === number)
  }
}
