import { randomUUID } from 'node:crypto'
import { moveTicket, type PlainAct } from '@/domain/line/move.commands'
import { postponeTicket } from '@/domain/line/postpone.commands'
import type { TicketRequest } from '@/domain/line/schema'
import { seatTicket } from '@/domain/line/seat.commands'
import { takeTicket } from '@/domain/line/take.commands'
import type { LineState } from '@/domain/line/types'
import { undoTicketAct } from '@/domain/line/undo.commands'
import { pool } from '@/lib/db/database'
import { createAccount, createDiners, createRestaurant, createStaff } from '@/prisma/factories'
import type { Restaurant } from '@/prisma/generated/client'

export type LineScene = { restaurantId: string; ownerId: string }

/** A restaurant with an open line and its owner; it has no slots. */
export async function setUpLine({
  state = 'OPEN',
  longest = null,
  restaurantId,
  ...given
}: Partial<Restaurant> & {
  state?: LineState
  longest?: number | null
  /** A restaurant that already exists. */
  restaurantId?: string
} = {}): Promise<LineScene> {
  const id = restaurantId ?? (await createRestaurant(pool, given)).id
  const { id: ownerId } = await createAccount(pool, { role: 'OWNER' })
  await createStaff(pool, { restaurantId: id, accountId: ownerId })
  await pool.query(
    'INSERT INTO line_settings (restaurant_id, state, longest) VALUES ($1, $2, $3)',
    [...[id, state, longest]],
  )
  return { restaurantId: id, ownerId }
}

/** Null: the holder of the ticket's link. */
export const askerOf = <Id extends string | null>(accountId: Id) => ({ accountId, address: null })

type Wish = Partial<TicketRequest> & { key?: string }

export function takeAs(
  accountId: string,
  { restaurantId }: Pick<LineScene, 'restaurantId'>,
  { key = randomUUID(), ...change }: Wish = {},
) {
  return takeTicket({
    restaurantId,
    taker: { by: 'account', accountId, epoch: 0, sessionId: null },
    key,
    request: { partySize: 2, dining: 'IN_STORE', channel: 'ONLINE', ...change },
    address: null,
    locale: 'ko',
  })
}

/** Retries like a page while the database is busy. */
export async function takePatiently(accountId: string, scene: LineScene) {
  const key = randomUUID()
  for (let tries = 1; ; tries++) {
    const taken = await takeAs(accountId, scene, { key })
    const isLater = !taken.ok && ['busy', 'unavailable', 'in-progress'].includes(taken.reason)
    if (!isLater || tries > 60) return taken
    await new Promise((resolve) => setTimeout(resolve, 50 + Math.random() * 200))
  }
}

/** A new diner's ticket. */
export async function joinLine(scene: LineScene, wish: Wish = {}) {
  const [diner] = await createDiners(pool, { count: 1 })
  const dinerId = String(diner?.id)
  const taken = await takeAs(dinerId, scene, wish)
  if (!taken.ok) throw new Error(taken.reason)
  return { ...taken.value.ticket, dinerId }
}

/** That many parties, one after the other. */
export async function fillLine(scene: LineScene, count: number) {
  const tickets: Awaited<ReturnType<typeof joinLine>>[] = []
  while (tickets.length < count) tickets.push(await joinLine(scene))
  return tickets
}

export const actAs = (
  accountId: string,
  act: PlainAct,
  ticketId: string,
  change: { key?: string; reason?: string; scope?: 'diner' | 'staff' } = {},
) => moveTicket({ ticketId, act, asker: askerOf(accountId), scope: 'staff', ...change })

export const cancelOwn = ({ id, dinerId }: { id: string; dinerId: string }) =>
  actAs(dinerId, 'CANCEL', id, { scope: 'diner' })

export const seatAs = (accountId: string, ticketId: string, slotIds: string[] = []) =>
  seatTicket({ ticketId, slotIds, asker: askerOf(accountId) })

export const postponeOwn = (
  { id, dinerId }: { id: string; dinerId: string | null },
  behindNumber: number,
) => postponeTicket({ ticketId: id, behindNumber, asker: askerOf(dinerId) })

export const undoAs = (accountId: string, actId: string) =>
  undoTicketAct({ actId, asker: askerOf(accountId) })

/** The last call of a ticket ran out a moment ago: rows are moved, never the clock. */
export const runOutLastCall = (ticketId: string) =>
  pool.query(
    `UPDATE tickets SET lapses_at = now() - interval '1 ms' WHERE id = $1 AND status = 'LAST_CALLED'`,
    [ticketId],
  )

/** The numbers in line, in the order that every reader sees. */
export async function readNumbers({ restaurantId }: LineScene): Promise<number[]> {
  const { rows } = await pool.query<{ number: number }>(
    `SELECT number FROM tickets
      WHERE restaurant_id = $1 AND status IN ('WAITING', 'POSTPONED', 'CALLED', 'LAST_CALLED')
        AND ticket_status_at(status, lapses_at, now()) <> 'LAPSED' ORDER BY rank`,
    [restaurantId],
  )
  return rows.map(({ number }) => number)
}

const CONTRADICTIONS = {
  'G8: a line whose numbers are not 1 to its last, each once': `
    SELECT l.restaurant_id FROM lines l LEFT JOIN tickets t USING (restaurant_id, service_date)
     GROUP BY l.restaurant_id, l.service_date, l.last_number
    HAVING l.last_number <> count(t.id) OR l.last_number <> coalesce(max(t.number), 0)`,
  'a line that counts its tickets wrong': `
    SELECT l.restaurant_id FROM lines l LEFT JOIN tickets t
        ON t.restaurant_id = l.restaurant_id AND t.service_date = l.service_date
           AND t.status IN ('WAITING', 'POSTPONED', 'CALLED', 'LAST_CALLED')
     GROUP BY l.restaurant_id, l.service_date
    HAVING l.active <> count(t.id)
        OR l.ahead <> count(t.id) FILTER (WHERE t.status IN ('WAITING', 'POSTPONED') AND t.dining = 'IN_STORE')`,
  'G8: a number that was drawn after a higher one': `
    SELECT a.id FROM tickets a JOIN tickets b USING (restaurant_id, service_date)
     WHERE a.number < b.number AND a.taken_at > b.taken_at`,
  'G9: a diner with two active tickets': `
    SELECT account_id FROM tickets WHERE status IN ('WAITING', 'POSTPONED', 'CALLED', 'LAST_CALLED')
       AND account_id IS NOT NULL GROUP BY account_id, restaurant_id, service_date HAVING count(*) > 1`,
  'G10: a ticket behind the end of its line': `
    SELECT t.id FROM tickets t JOIN lines l USING (restaurant_id, service_date) WHERE t.rank >= l.last_number + 1`,
  'G11: a ticket without its author in the audit log': `
    SELECT t.id FROM tickets t WHERE NOT EXISTS (SELECT FROM audit_events e WHERE e.subject_id = t.id)`,
  'G11: an act that the one before it does not lead to': `
    SELECT id FROM (
      SELECT id, from_status, lag(to_status) OVER (PARTITION BY subject_id ORDER BY at, id) AS before
        FROM audit_events WHERE subject = 'TICKET') AS acts
     WHERE before IS NOT NULL AND from_status IS DISTINCT FROM before`,
  'G11: a ticket that is not as its last act left it': `
    SELECT t.id FROM tickets t
     WHERE t.status::text <> (SELECT to_status FROM audit_events e WHERE e.subject_id = t.id ORDER BY at DESC, id DESC LIMIT 1)`,
  'G16: a notice of an act that was taken back': `
    SELECT n.id FROM notices n JOIN audit_events e ON e.id = n.event_id
     WHERE e.subject = 'TICKET' AND e.act <> 'UNDO' AND e.undone_at IS NOT NULL AND n.state <> 'DROPPED'`,
  'a party that was told twice that it is third': `
    SELECT subject_id FROM notices WHERE kind = 'TICKET_THIRD' AND state <> 'DROPPED' GROUP BY subject_id HAVING count(*) > 1`,
  'a seated table that the ticket does not know': `
    SELECT t.id FROM tickets t JOIN reservations v ON v.id = t.reservation_id
     WHERE NOT v.walk_in OR v.party_size <> t.party_size`,
}

/** Every contradiction of G8 to G11 in the rows at this instant, by name. */
export async function findLineContradictions(): Promise<string[]> {
  const found: string[] = []
  for (const [name, query] of Object.entries(CONTRADICTIONS)) {
    const { rowCount } = await pool.query(query)
    if (rowCount) found.push(`${name} (${rowCount})`)
  }
  return found
}
