import { pool } from '@/lib/db/database'
import { type Result, refuse, succeed } from '@/lib/problems/result'
import { findTurnOf } from './commands'
import { readOpening, readOwnOpening } from './queries'
import { findLatestRate, LEAD_MINUTES, TURN_LEAD_SECONDS } from './reminder.rules'
import type { ReminderAbout } from './reminder.schema'
import type { Opening, OpeningEntry } from './schema'

type Asker = { openingId: string; accountId: string }
type AskRefusal = 'not-found' | 'address-unconfirmed' | 'opening-over' | 'too-late-to-tell'

/**
 * A diner asks to be told of an opening shortly before it. Asking again changes nothing. Refuses
 * `not-found`, `address-unconfirmed`, `opening-over` of a cancelled one, and `too-late-to-tell` once
 * those who asked are being told. Judged by the database's clock.
 */
export async function askToBeTold({
  openingId,
  accountId,
}: Asker): Promise<Result<null, AskRefusal>> {
  const { rows } = await pool.query<{
    isConfirmed: boolean
    isCancelled: boolean
    isAhead: boolean
  }>(
    `WITH facts AS (
       SELECT o.id, o.opens_at, d.due_at, a.id AS account_id, a.email_confirmed_at IS NOT NULL AS "isConfirmed",
              o.cancelled_at IS NOT NULL AS "isCancelled", d.due_at > now() AS "isAhead"
         FROM openings o JOIN restaurants r ON r.id = o.restaurant_id AND r.published AND r.deleted_at IS NULL
         JOIN accounts a ON a.id = $2
         CROSS JOIN LATERAL (SELECT greatest(o.opens_at - make_interval(mins => $3), o.lobby_opens_at) AS due_at) AS d
        WHERE o.id = $1),
     asked AS (
       INSERT INTO opening_reminders (opening_id, account_id, about, comes_at, due_at)
       SELECT id, account_id, 'OPENING', opens_at, due_at FROM facts
        WHERE "isConfirmed" AND NOT "isCancelled" AND "isAhead"
       ON CONFLICT DO NOTHING)
     SELECT "isConfirmed", "isCancelled", "isAhead" FROM facts`,
    [openingId, accountId, LEAD_MINUTES],
  )
  const [facts] = rows
  if (!facts) return refuse('not-found')
  if (!facts.isConfirmed) return refuse('address-unconfirmed')
  if (facts.isCancelled) return refuse('opening-over')
  return facts.isAhead ? succeed(null) : refuse('too-late-to-tell')
}

type TurnRefusal = 'not-found' | 'no-device' | 'sold-out' | 'opening-over' | 'too-late-to-tell'

/**
 * A diner who has entered asks to be told of their turn by push, a minute before it. Asking again
 * changes nothing. Before the draw the turn's instant is computed later (`planTurns`). Refuses
 * `not-found` without an entry, `no-device` where nothing takes pushes, `sold-out`, `opening-over`, and
 * `too-late-to-tell` of a turn that has come.
 */
export async function askToBeToldOfTurn({
  openingId,
  accountId,
}: Asker): Promise<Result<null, TurnRefusal>> {
  const opening = (await readOpening(openingId)).data
  const { rows } = await pool.query<Entry & { hasDevice: boolean; now: Date }>(
    `SELECT ${ENTRY}, $2::uuid AS "accountId", now() AS now, EXISTS (SELECT FROM push_subscriptions s WHERE s.account_id = e.account_id) AS "hasDevice"
       FROM opening_entries e WHERE e.opening_id = $1 AND e.account_id = $2`,
    [openingId, accountId],
  )
  const [entry] = rows
  if (!opening || !entry) return refuse('not-found')
  if (opening.state === 'SOLD_OUT') return refuse('sold-out', { asOf: opening.asOf })
  if (opening.state === 'OVER' || opening.state === 'CANCELLED') return refuse('opening-over')
  if (!entry.hasDevice) return refuse('no-device')
  const turnMs = findTurn({ opening, entry })
  if (turnMs !== null && turnMs <= entry.now.getTime()) return refuse('too-late-to-tell')
  await pool.query(
    `INSERT INTO opening_reminders (opening_id, account_id, about, comes_at, due_at, computed_from)
     VALUES ($1, $2, 'TURN', $3::timestamptz, $3::timestamptz - make_interval(secs => $4), $5)
     ON CONFLICT DO NOTHING`,
    [openingId, accountId, ...whenOf({ opening, turnMs })],
  )
  return succeed(null)
}

/** Takes the asking back. One that was told already stays told. */
export async function takeReminderBack({
  openingId,
  accountId,
  about,
}: Asker & { about: ReminderAbout }): Promise<Result<null>> {
  await pool.query(
    `DELETE FROM opening_reminders
      WHERE opening_id = $1 AND account_id = $2 AND about = $3 AND settled_at IS NULL`,
    [openingId, accountId, about],
  )
  return succeed(null)
}

type Entry = Pick<OpeningEntry, 'entryId' | 'enteredAt' | 'inLobby' | 'number' | 'cohort'> & {
  accountId: string
}
const ENTRY = `e.entry_id AS "entryId", iso_instant(e.entered_at) AS "enteredAt", e.in_lobby AS "inLobby", e.number, e.cohort`

/** When an entry's turn comes, in milliseconds since 1970. Null: it is not drawn yet. */
function findTurn({ opening, entry }: { opening: Opening; entry: Entry }): number | null {
  const { accountId: a, entryId: e, enteredAt: t, inLobby: l, number: n, cohort: c } = entry
  const receipt = { o: opening.id, a, e, t, l, n, c, h: opening.announcement.hash }
  const turnMs = findTurnOf({ opening, receipt })
  return turnMs !== null && Number.isFinite(turnMs) ? turnMs : null
}

/** As the statements take it: the turn's instant, the lead, and what it was computed from. */
function whenOf({ opening, turnMs }: { opening: Opening; turnMs: number | null }) {
  if (turnMs === null) return [null, TURN_LEAD_SECONDS, null]
  return [new Date(turnMs), TURN_LEAD_SECONDS, findLatestRate(opening)]
}

/** Turns of one statement. */
const PLANNED_AT_ONCE = 1_000

/** The rate that counts by now. */
const RATED_AT = '(SELECT max(p.from_at) FROM opening_rates p WHERE p.opening_id = o.id)'

/** Waiting turns that are not computed from `rate`, by the index of those that wait. */
const isAnyStale = (rate: string) => `(
  EXISTS (SELECT FROM opening_reminders r WHERE r.opening_id = o.id AND r.about = 'TURN' AND r.settled_at IS NULL
                                            AND r.computed_from IS NULL)
  OR EXISTS (SELECT FROM opening_reminders r WHERE r.opening_id = o.id AND r.about = 'TURN' AND r.settled_at IS NULL
                                               AND r.computed_from < ${rate})
  OR EXISTS (SELECT FROM notices n JOIN opening_reminders r ON r.id = n.subject_id
              WHERE n.state = 'QUEUED' AND n.urgency = 3 AND r.opening_id = o.id AND r.computed_from < ${rate}))`

/** Openings whose turns have begun or are about to; a gate stands for a day at most. */
const RUNNING = `o.opens_at <= now() AND o.opens_at > now() - interval '1 day' AND o.gate_until > now() AND o.cancelled_at IS NULL`

/**
 * Computes the instants of turns of which diners asked to be told, once they are drawn, and again when
 * the rate has changed, by the formula that everybody computes. A notice that is queued but not on its
 * way moves with its turn. Any number of processes may do so at once: a row that another one holds is
 * left to it. A thousand turns are two statements.
 */
export async function planTurns(): Promise<{ planned: number }> {
  const { rows } = await pool.query<{ id: string }>(
    `SELECT o.id FROM openings o WHERE ${RUNNING} AND ${isAnyStale(RATED_AT)}`,
  )
  let planned = 0
  for (const { id } of rows) {
    const opening = await readDrawn(id)
    if (opening) planned += await planTurnsOf(opening)
  }
  return { planned }
}

/** The opening as it is at this instant. The first to look also has the order drawn. Null: it is not. */
async function readDrawn(id: string): Promise<Opening | null> {
  const found = await readOwnOpening(id)
  if (found?.drawnAt) return found
  await readOpening(id)
  const again = await readOwnOpening(id)
  return again?.drawnAt ? again : null
}

async function planTurnsOf(opening: Opening): Promise<number> {
  let planned = 0
  let afterId = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const { rows } = await pool.query<Entry & { id: string }>(
      `SELECT r.id, r.account_id AS "accountId", ${ENTRY}
         FROM (SELECT id, opening_id, account_id FROM opening_reminders
                WHERE opening_id = $1 AND about = 'TURN' AND settled_at IS NULL
                  AND (computed_from IS NULL OR computed_from < $2)
               UNION
               SELECT r.id, r.opening_id, r.account_id FROM notices n JOIN opening_reminders r ON r.id = n.subject_id
                WHERE n.state = 'QUEUED' AND n.urgency = 3 AND r.opening_id = $1 AND r.computed_from < $2) AS r
         JOIN opening_entries e ON e.opening_id = r.opening_id AND e.account_id = r.account_id
        WHERE r.id > $3 ORDER BY r.id LIMIT $4`,
      [opening.id, findLatestRate(opening), afterId, PLANNED_AT_ONCE],
    )
    const turns = rows.flatMap(({ id, ...entry }) => {
      const turnMs = findTurn({ opening, entry })
      return turnMs === null ? [] : [{ id, comesAt: new Date(turnMs) }]
    })
    if (turns.length > 0) await writeTurns({ turns, opening })
    planned += turns.length
    afterId = rows.at(-1)?.id ?? afterId
    if (rows.length < PLANNED_AT_ONCE) return planned
  }
}

/** Another process may know a later rate; what it has computed stays. */
async function writeTurns({
  turns,
  opening,
}: {
  turns: { id: string; comesAt: Date }[]
  opening: Opening
}): Promise<void> {
  await pool.query(
    `WITH found AS (SELECT * FROM unnest($1::uuid[], $2::timestamptz[]) AS f (id, comes_at)),
     held AS MATERIALIZED (
       SELECT r.id FROM opening_reminders r
        WHERE r.id = ANY ($1::uuid[]) AND (r.computed_from IS NULL OR r.computed_from < $4)
        ORDER BY r.id FOR UPDATE SKIP LOCKED),
     moved AS (
       UPDATE opening_reminders r
          SET comes_at = f.comes_at, due_at = f.comes_at - make_interval(secs => $3), computed_from = $4
         FROM held JOIN found f ON f.id = held.id
        WHERE r.id = held.id
       RETURNING r.id, r.comes_at, r.due_at)
     UPDATE notices n
        SET due_at = greatest(m.due_at, now()), give_up_at = m.comes_at,
            payload = n.payload || jsonb_build_object('turnAt', iso_instant(m.comes_at))
       FROM moved m
      WHERE n.subject_id = m.id AND n.kind = 'OPENING_TURN' AND n.state::text = 'QUEUED' AND n.lease_token IS NULL`,
    [
      turns.map(({ id }) => id),
      turns.map(({ comesAt }) => comesAt),
      TURN_LEAD_SECONDS,
      findLatestRate(opening),
    ],
  )
}

const QUEUED_AT_ONCE = 500
/** What is left waits for the next run, a second later. */
const MOST_BATCHES = 40

/**
 * Queues the notices that are due: see the SQL function `queue_opening_reminders`, whose locks these
 * are. `queued` ones go with all others, `turns` in a lane of their own.
 */
export async function queueReminders(): Promise<{ queued: number; turns: number }> {
  const all = { queued: 0, turns: 0 }
  for (let batch = 1; batch <= MOST_BATCHES; batch += 1) {
    const { rows } = await pool.query<{ settled: number; queued: number; turns: number }>(
      'SELECT settled, queued, turns FROM queue_opening_reminders(p_limit => $1)',
      [QUEUED_AT_ONCE],
    )
    const [{ settled, queued, turns } = { settled: 0, queued: 0, turns: 0 }] = rows
    all.queued += queued
    all.turns += turns
    if (settled === 0) break
  }
  return all
}

/** Computes what has moved, and queues what is due. */
export async function tellReminders(): Promise<{ queued: number; turns: number }> {
  await planTurns()
  return queueReminders()
}
