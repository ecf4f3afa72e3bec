import { expect, onTestFailed } from 'vitest'
import type { ReservationStatus } from '@/domain/booking/types'
import { mailProofCode } from '@/domain/identity/proving.commands'
import { announceOpening } from '@/domain/opening/plan.commands'
import type { OpeningPlan } from '@/domain/opening/plan.schema'
import { previewSchedule } from '@/domain/schedule/plan.queries'
import { addDays } from '@/domain/schedule/rules'
import { makeCode } from '@/lib/crypto/mailed-code'
import { pool } from '@/lib/db/database'
import {
  createInvitation,
  createReservation,
  createRestaurant,
  createStaff,
  createTable,
  readToday,
} from '@/prisma/factories'
import { mailNew, mailTo } from './account-links'
import { askApi, readJson } from './api-client'
import { beginReservation } from './booking-restaurant'
import { requestFor } from './booking-scene'
import { createPerson, openSessionOf, type Person, setUpRestaurant } from './http-scene'
import { mailRequested } from './link-requests'
import { queueDead } from './notices'
import { createDrawnOpening } from './opening-scene'
import { register } from './passkeys'
import { setUpTickets, type TicketState } from './ticket-scene'

/** Everyone involved with one reservation. */
export interface Cast {
  diner: Person
  stranger: Person
  owner: Person
  floor: Person
  admin: Person
  otherOwner: Person
  unapproved: Person
  staffWhoOwns: Person
  /** Was an admin when the token was made, and is a diner now. */
  demoted: Person
}
export type Role = keyof Cast

export interface Scene extends Cast {
  restaurantId: string
  slotIds: string[]
  /** An id that nothing has. */
  tableId: string
  /** Two dates without a schedule, and what a preview of them shows. */
  plan: { from: string; to: string; fingerprint: string }
  /** A date on which the restaurant is closed. */
  closedDate: string
  reservationId: string
  /** The diner's ticket in the restaurant's line, and the diner's act on it. */
  ticketId: string
  ticketActId: string
  /** The ticket behind it, of no account. */
  guestTicketId: string
  kioskId: string
  kioskToken: string
  booking: ReturnType<typeof requestFor>
  /** Guests of the restaurant's book, one of them merged into another. */
  guests: { known: string; other: string; merged: string; imported: string }
  /** A notice of the restaurant that could not be delivered. */
  deadNoticeId: string
  /** The owner's act of a moment ago. */
  actId: string
  /** A table is closed for an hour in twenty days. */
  closureId: string
  /** An invitation to the floor, sent to the stranger. */
  invitationId: string
  /** A drawn opening of another restaurant; the diner was in its lobby. */
  openingId: string
  receipt: string
  /** An opening announced for a coming date, and a plan for another. */
  announcedId: string
  openingPlan: OpeningPlan
  /** A diner who has not followed the link to confirm their address. */
  unconfirmedId: string
  /** A diner with a passkey. */
  keyHolderId: string
  /** A restaurant that an admin has hidden. */
  hiddenRestaurantId: string
  /** Link tokens, as a new account's mail contains them. */
  links: { confirm: string; signIn: string; reset: string; undo: string; keep: string }
  /** The code by which the diner's session proves who the diner is. */
  proofCode: string
  /** Browsers that asked for sign-in mails; the second one's number was picked elsewhere. */
  asked: { requestId: string; token: string; code: string; number: number; pickedId: string }
}

export const everybody: Role[] = [
  ...(['diner', 'stranger', 'owner', 'floor', 'admin'] as const),
  ...(['otherOwner', 'unapproved', 'staffWhoOwns', 'demoted'] as const),
]
export const staff: Role[] = ['owner', 'floor', 'admin']

interface Wish {
  /** The process through which the owner has just seated a party. */
  url: string
  /** Status of the reservation; confirmed by default. */
  status?: ReservationStatus | undefined
  /** The reservation's time has come. */
  hasBegun?: boolean
  /** The diner has disputed that the reservation is a no-show. */
  isDisputed?: boolean
  /** Status of the ticket; waiting by default. */
  ticketState?: TicketState | undefined
  /** Everybody has signed out everywhere: their tokens are from before. */
  hasSignedOut?: boolean
}

const unharmed = new Map<string, Promise<Scene>>()
/**
 * For a test whose attempts change nothing, by its own assertion or because they only read: what it
 * leaves, the next such test finds. After one that failed, the next gets another cast.
 */
export function shareCast(wish: Wish): Promise<Scene> {
  const { url, status, hasBegun, isDisputed, ticketState, hasSignedOut = false } = wish
  const name = JSON.stringify([url, status, hasBegun, isDisputed, ticketState, hasSignedOut])
  const scene = unharmed.get(name) ?? setUpCast(wish)
  unharmed.set(name, scene)
  onTestFailed(() => void unharmed.delete(name))
  return scene
}

export async function setUpCast({ hasSignedOut = false, ...wish }: Wish): Promise<Scene> {
  const scene = await bringTogether(wish)
  if (hasSignedOut)
    await pool.query('UPDATE accounts SET session_epoch = session_epoch + 1 WHERE id = ANY($1)', [
      everybody.map((role) => scene[role].id),
    ])
  return scene
}

async function bringTogether({
  url,
  status,
  hasBegun = false,
  isDisputed = false,
  ticketState,
}: Omit<Wish, 'hasSignedOut'>): Promise<Scene> {
  const restaurant = await setUpRestaurant({
    tables: [{ maxParty: 4 }, { maxParty: 4 }, { maxParty: 4 }],
  })
  const other = await setUpRestaurant()
  const { restaurantId, slotIds, owner, diner } = restaurant
  const floor = await createPerson()
  const unapproved = await createPerson({ role: 'OWNER', ownerApprovedAt: null })
  // Listed as an owner, but the account is none.
  const staffWhoOwns = await createPerson()
  await createStaff(pool, { restaurantId, accountId: floor.id, role: 'STAFF' })
  await createStaff(pool, { restaurantId, accountId: unapproved.id })
  await createStaff(pool, { restaurantId, accountId: staffWhoOwns.id })
  const former = await createPerson()
  const reservation = await createReservation(pool, {
    slotId: String(slotIds[0]),
    dinerId: diner.id,
    ...(status && { status }),
  })
  if (hasBegun) await beginReservation(reservation.id)
  if (isDisputed)
    await pool.query('UPDATE reservations SET disputed_at = now() WHERE id = $1', [reservation.id])
  const stranger = await createPerson()
  return {
    restaurantId,
    slotIds,
    owner,
    diner,
    floor,
    unapproved,
    staffWhoOwns,
    stranger,
    invitationId: await createInvitation(pool, { restaurantId, ...stranger }),
    admin: await createPerson({ role: 'ADMIN' }),
    otherOwner: other.owner,
    demoted: { ...former, ...(await openSessionOf(former, { role: 'ADMIN' })) },
    ...(await setUpWeek(restaurantId)),
    reservationId: reservation.id,
    deadNoticeId: await queueDead(pool, reservation.id),
    ...(await setUpTickets({ restaurantId, dinerId: diner.id, ticketState })),
    booking: requestFor(restaurant),
    links: await mailLinks(),
    asked: await askInBrowsers(),
    proofCode: await mailProofTo(diner),
    ...(await openInAnother(diner)),
    ...(await planOpenings({ restaurantId, owner })),
    // After the openings, which decide when the planned dates open.
    plan: await planWeek({ restaurantId, owner }),
    unconfirmedId: (await createPerson({ emailConfirmedAt: null })).id,
    keyHolderId: await createKeyHolder(),
    hiddenRestaurantId: await createHidden(),
    guests: await writeGuests(restaurantId),
    closureId: await closeTable(restaurantId),
    actId: await seatSomebody({ url, restaurantId, slotId: String(slotIds[2]), owner }),
  }
}

async function openInAnother({ id: accountId }: Person) {
  const { openingId, receipt } = await createDrawnOpening({ accountId })
  return { openingId, receipt }
}

/** An announced opening, a plan for the day after, and a daily one. */
async function planOpenings({ restaurantId, owner }: { restaurantId: string; owner: Person }) {
  const today = await readToday(pool, restaurantId)
  const planAt = (days: number): OpeningPlan => ({
    serviceDate: addDays({ date: today, days }),
    opensAt: new Date(Date.now() + 3_600_000).toISOString(),
    lobbyMinutes: 30,
    gateMinutes: 30,
    orderBy: 'DRAW',
    turnsPerSecond: 5,
  })
  const actor = { accountId: owner.id, address: null }
  const announced = await announceOpening({ restaurantId, plan: planAt(3), actor })
  if (!announced.ok) throw new Error(announced.reason)
  await pool.query(
    'INSERT INTO recurring_openings (restaurant_id, opens_minutes, turns_per_second) VALUES ($1, 600, 5)',
    [restaurantId],
  )
  return { announcedId: announced.value.openingId, openingPlan: planAt(4) }
}

async function writeGuests(restaurantId: string): Promise<Scene['guests']> {
  const { rows } = await pool.query<{ id: string }>(
    `INSERT INTO guests (restaurant_id, name) VALUES ($1, '김단골'), ($1, '이단골'), ($1, '박단골') RETURNING id`,
    [restaurantId],
  )
  const [known = '', other = '', merged = ''] = rows.map(({ id }) => id)
  await pool.query('UPDATE guests SET merged_into = $1 WHERE id = $2', [known, merged])
  const { rows: imports } = await pool.query<{ id: string }>(
    `INSERT INTO guest_imports (restaurant_id, dry_run, state, lines, counts, ignored_columns)
     VALUES ($1, true, 'DONE', 0, '{"added":0,"changed":0,"unchanged":0,"same":0,"refused":0,"warned":0}', '{}') RETURNING id`,
    [restaurantId],
  )
  return { known, other, merged, imported: imports[0]?.id ?? '' }
}

async function closeTable(restaurantId: string): Promise<string> {
  const { rows } = await pool.query<{ id: string }>(
    `WITH made AS (
       INSERT INTO table_closures (restaurant_id, starts_at, ends_at)
       VALUES ($1, now() + interval '20 days', now() + interval '20 days 1 hour') RETURNING *)
     INSERT INTO closed_tables (closure_id, table_id, starts_at, ends_at)
     SELECT m.id, t.id, m.starts_at, m.ends_at FROM made m JOIN restaurant_tables t ON t.restaurant_id = m.restaurant_id
      ORDER BY t.number LIMIT 1 RETURNING closure_id AS id`,
    [restaurantId],
  )
  return rows[0]?.id ?? ''
}

async function createKeyHolder(): Promise<string> {
  const { id: accountId } = await createPerson()
  await register({ accountId })
  return accountId
}

async function createHidden(): Promise<string> {
  const hidden = { published: false, hiddenAt: new Date(), hiddenReason: '문 닫음' }
  return (await createRestaurant(pool, hidden)).id
}

async function mailLinks(): Promise<Scene['links']> {
  const { account, token: confirm } = await mailNew('CONFIRM_ADDRESS', {
    emailConfirmedAt: new Date(),
  })
  const signIn = await mailTo(account, 'SIGN_IN')
  const reset = await mailTo(account, 'RESET_PASSWORD')
  const undo = await mailTo(account, 'UNDO_ADDRESS', `former-${account.email}`)
  const keep = await mailTo(account, 'KEEP_PASSKEY')
  return { confirm, signIn, reset, undo, keep }
}

async function mailProofTo({ id: accountId }: Person): Promise<string> {
  const sessionId = await readId('SELECT id FROM sessions WHERE account_id = $1', accountId)
  const browser = { browser: 'SAFARI', system: 'IPHONE' } as const
  const mailed = await mailProofCode({ accountId, sessionId, address: null, browser })
  if (!mailed.ok) throw new Error(mailed.reason)
  const id = await readId('SELECT id FROM link_requests WHERE session_id = $1', sessionId)
  return makeCode({ kind: 'link-request', id })
}

async function readId(text: string, value: string): Promise<string> {
  const { rows } = await pool.query<{ id: string }>(text, [value])
  return String(rows[0]?.id)
}

async function askInBrowsers(): Promise<Scene['asked']> {
  const first = await mailRequested()
  const { requestId: pickedId } = await mailRequested()
  await pool.query('UPDATE link_requests SET picked_number = number WHERE id = $1', [pickedId])
  return { ...first, pickedId }
}

async function seatSomebody({
  url,
  restaurantId,
  slotId,
  owner,
}: {
  url: string
  restaurantId: string
  slotId: string
  owner: Person
}): Promise<string> {
  const seated = await askApi({
    url,
    method: 'POST',
    path: `/api/v1/restaurants/${restaurantId}/walk-ins`,
    token: owner.token,
    body: { partySize: 2, slotIds: [slotId] },
  })
  expect(seated.status).toBe(201)
  return String(readJson(seated).actId)
}

/** Long hours on every weekday, so that its line is open whenever the tests run; one closed date, and a table without slots. */
async function setUpWeek(restaurantId: string) {
  await pool.query(
    'INSERT INTO restaurant_hours SELECT $1, weekday, 420, 1440 FROM generate_series(1, 7) AS weekday',
    [restaurantId],
  )
  const closedDate = addDays({ date: await readToday(pool, restaurantId), days: 30 })
  await pool.query(`INSERT INTO restaurant_closures VALUES ($1, $2, '여름 휴가')`, [
    restaurantId,
    closedDate,
  ])
  const { id: tableId } = await createTable(pool, { restaurantId })
  return { tableId, closedDate }
}

/** A possible plan, as the owner has just seen it. */
async function planWeek({ restaurantId, owner }: { restaurantId: string; owner: Person }) {
  const today = await readToday(pool, restaurantId)
  const from = addDays({ date: today, days: 20 })
  const to = addDays({ date: today, days: 21 })
  const preview = await previewSchedule({ restaurantId, from, to, accountId: owner.id })
  if (!preview.ok) throw new Error(preview.reason)
  return { from, to, fingerprint: preview.value.fingerprint }
}
