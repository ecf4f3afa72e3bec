import { randomUUID } from 'node:crypto'
import { hash } from '@node-rs/argon2'
import { TERMS_VERSION } from '@/lib/legal'
import type {
  Account,
  Reservation,
  Restaurant,
  RestaurantHours,
  RestaurantStaff,
  RestaurantTable,
  ServiceDate,
  Slot,
} from './generated/client'
import { columns, type Database, type Dated, fillIn, insertRow, listColumns, readRow } from './rows'
import { TAKE_SLOTS } from './take-slots'

export const DEMO_PASSWORD = 'bobjool-demo'
const DINERS_A_BATCH = 200

const hashes = new Map<string, Promise<string>>()

/** argon2id, once per password and process, so that a thousand diners cost one hash. */
function hashOnce(password: string): Promise<string> {
  const hashed = hashes.get(password) ?? hash(password)
  hashes.set(password, hashed)
  return hashed
}

/** A diner with a confirmed address; with `role: 'OWNER'` an approved owner. */
export async function createAccount(
  db: Database,
  { password = DEMO_PASSWORD, ...given }: Partial<Account> & { password?: string } = {},
): Promise<Account> {
  const defaults = {
    email: `account-${randomUUID()}@bobjool.test`,
    passwordHash: await hashOnce(password),
    name: '김밥줄',
    emailConfirmedAt: new Date(),
    ownerApprovedAt: given.role === 'OWNER' ? new Date() : null,
  }
  const account = await insertRow<Account>({
    db,
    table: 'accounts',
    columns: columns.accounts,
    values: fillIn<Account>(defaults, given),
  })
  await agreeAll(db, [account.id])
  return account
}

/** As signing up records it, for accounts that did not sign up. */
async function agreeAll(db: Database, accountIds: string[]): Promise<void> {
  await db.query(
    `INSERT INTO agreements (account_id, kind, version)
     SELECT id, kind, $2 FROM unnest($1::uuid[]) AS id, unnest('{TERMS,AGE_14,PRIVACY_NOTICE}'::text[]) AS kind`,
    [accountIds, TERMS_VERSION],
  )
}

/**
 * Many diners with confirmed addresses and the demo password, in statements that are short each.
 */
export async function createDiners(
  db: Database,
  { count, prefix = `diner-${randomUUID()}-` }: { count: number; prefix?: string },
): Promise<{ id: string; email: string }[]> {
  const passwordHash = await hashOnce(DEMO_PASSWORD)
  const diners: { id: string; email: string }[] = []
  for (let done = 0; done < count; done += DINERS_A_BATCH) {
    const { rows } = await db.query<{ id: string; email: string }>(
      `INSERT INTO accounts (email, password_hash, name, email_confirmed_at)
       SELECT lower($1) || n || '@bobjool.test', $2, '손님 ' || n, now()
         FROM generate_series($3::int, $4::int) AS n
       RETURNING id, email`,
      [prefix, passwordHash, done + 1, Math.min(done + DINERS_A_BATCH, count)],
    )
    await agreeAll(
      db,
      rows.map(({ id }) => id),
    )
    diners.push(...rows)
  }
  return diners
}

/** A session of each account, as signing in would open it; their ids by the account's. */
export async function createSessions(
  db: Database,
  { accountIds }: { accountIds: string[] },
): Promise<Map<string, string>> {
  const sessions = new Map<string, string>()
  for (let done = 0; done < accountIds.length; done += DINERS_A_BATCH) {
    const { rows } = await db.query<{ id: string; accountId: string }>(
      `INSERT INTO sessions (account_id, epoch, browser, system, expires_at)
       SELECT id, session_epoch, 'OTHER', 'OTHER', now() + interval '30 days'
         FROM accounts WHERE id = ANY ($1::uuid[])
       RETURNING id, account_id AS "accountId"`,
      [accountIds.slice(done, done + DINERS_A_BATCH)],
    )
    for (const { id, accountId } of rows) sessions.set(accountId, id)
  }
  return sessions
}

/** `ownerId`: the account that is listed as its owner. */
export async function createRestaurant(
  db: Database,
  { ownerId, ...given }: Partial<Restaurant> & { ownerId?: string } = {},
): Promise<Restaurant> {
  const defaults = {
    slug: `r-${randomUUID()}`,
    name: '밥줄식당',
    category: '한식',
    region: '성수',
    address: '서울 성동구 성수이로 0길 0',
    phone: '02-0000-0000',
    description: '갓 지은 밥을 내는 작은 식당이에요.',
  }
  const restaurant = await insertRow<Restaurant>({
    db,
    table: 'restaurants',
    columns: columns.restaurants,
    values: fillIn<Restaurant>(defaults, given),
  })
  if (ownerId) await createStaff(db, { restaurantId: restaurant.id, accountId: ownerId })
  return restaurant
}

/** Lists an account as owner, or with `role: 'STAFF'` as floor staff, of a restaurant. */
export async function createStaff(
  db: Database,
  given: Pick<RestaurantStaff, 'restaurantId' | 'accountId'> & Partial<RestaurantStaff>,
): Promise<RestaurantStaff> {
  return insertRow<RestaurantStaff>({
    db,
    table: 'restaurant_staff',
    columns: columns.staff,
    values: fillIn<RestaurantStaff>({ role: 'OWNER' }, given),
  })
}

/** An open invitation to work on the floor, for seven days from now; returns its id. */
export async function createInvitation(
  db: Database,
  given: { restaurantId: string; email: string; role?: RestaurantStaff['role'] },
): Promise<string> {
  const { id } = await readRow<{ id: string }>({
    db,
    text: `INSERT INTO staff_invitations (restaurant_id, email, role, expires_at)
           VALUES ($1, $2, $3, now() + interval '7 days') RETURNING id`,
    values: [given.restaurantId, given.email, given.role ?? 'STAFF'],
  })
  return id
}

/** For one to four, with the restaurant's next number. A missing restaurant is made. */
export async function createTable(
  db: Database,
  given: Partial<RestaurantTable> = {},
): Promise<RestaurantTable> {
  const restaurantId = given.restaurantId ?? (await createRestaurant(db)).id
  const { number } = await readRow<{ number: number }>({
    db,
    text: `SELECT coalesce(max(number), 0) + 1 AS number
             FROM restaurant_tables WHERE restaurant_id = $1`,
    values: [restaurantId],
  })
  return insertRow<RestaurantTable>({
    db,
    table: 'restaurant_tables',
    columns: columns.tables,
    values: fillIn<RestaurantTable>(
      { restaurantId, number, minParty: 1, maxParty: Math.max(given.minParty ?? 1, 4) },
      given,
    ),
  })
}

/** One stretch of its ordinary week. */
export async function createHours(db: Database, given: RestaurantHours): Promise<void> {
  await db.query(
    `INSERT INTO restaurant_hours (restaurant_id, weekday, from_minutes, to_minutes)
     VALUES ($1, $2, $3, $4)`,
    [given.restaurantId, given.weekday, given.fromMinutes, given.toMinutes],
  )
}

/** The restaurant's service date at this moment, by the database's clock. */
export async function readToday(db: Database, restaurantId: string): Promise<string> {
  const { today } = await readRow<{ today: string }>({
    db,
    text: `SELECT service_date_at(now(), time_zone, day_cut_minutes)::text AS today
             FROM restaurants WHERE id = $1`,
    values: [restaurantId],
  })
  return today
}

/** Today, open and bookable at once by default. */
export async function createServiceDate(
  db: Database,
  given: Pick<ServiceDate, 'restaurantId'> & Partial<Dated<ServiceDate>>,
): Promise<Dated<ServiceDate>> {
  const serviceDate = given.serviceDate ?? (await readToday(db, given.restaurantId))
  return insertRow<Dated<ServiceDate>>({
    db,
    table: 'service_dates',
    columns: columns.serviceDates,
    values: { ...given, serviceDate },
  })
}

/**
 * A free slot of ninety minutes that begins in two hours and belongs to today, with the party sizes
 * of its table. A missing restaurant, table or service date is made.
 */
export async function createSlot(
  db: Database,
  given: Partial<Dated<Slot>> = {},
): Promise<Dated<Slot>> {
  const { restaurantId, minParty, maxParty } = given
  const table = given.tableId
    ? await readTable(db, given.tableId)
    : await createTable(db, { restaurantId, minParty, maxParty })
  const serviceDate = given.serviceDate ?? (await readToday(db, table.restaurantId))
  await db.query('INSERT INTO service_dates VALUES ($1, $2) ON CONFLICT DO NOTHING', [
    table.restaurantId,
    serviceDate,
  ])
  const startsAt = given.startsAt ?? new Date(Date.now() + 120 * 60_000)
  const defaults = {
    restaurantId: table.restaurantId,
    serviceDate,
    tableId: table.id,
    startsAt,
    endsAt: new Date(startsAt.getTime() + 90 * 60_000),
    minParty: table.minParty,
    maxParty: table.maxParty,
  }
  return insertRow<Dated<Slot>>({
    db,
    table: 'slots',
    columns: columns.slots,
    values: fillIn<Dated<Slot>>(defaults, given),
  })
}

function readTable(db: Database, id: string): Promise<RestaurantTable> {
  return readRow<RestaurantTable>({
    db,
    text: `SELECT ${listColumns(columns.tables)} FROM restaurant_tables WHERE id = $1`,
    values: [id],
  })
}

type ReservationWish = Partial<
  Pick<Reservation, 'partySize' | 'dinerId' | 'walkIn' | 'status' | 'holdExpiresAt'> &
    Pick<Reservation, 'cancelledBy' | 'note'> & { slotId: string; slotIds: string[] }
>

/**
 * A confirmed reservation of two (or as many as fit) on a slot, or on several, by a new diner, in
 * one statement: the reservation, the slots' flags and the audit log agree with its status.
 * `walkIn` has no diner; a `HELD` one has ten minutes left, an `EXPIRED` one expired a minute ago.
 * A missing slot is made; the database refuses a taken one.
 */
export async function createReservation(
  db: Database,
  { slotId, slotIds, ...given }: ReservationWish = {},
): Promise<Dated<Reservation>> {
  const status = given.status ?? (given.walkIn ? 'SEATED' : 'CONFIRMED')
  const isDinerMissing = given.dinerId === undefined && !given.walkIn
  return readRow<Dated<Reservation>>({
    db,
    text: TAKE_SLOTS,
    values: [
      slotIds ?? [slotId ?? (await createSlot(db)).id],
      given.partySize ?? null,
      isDinerMissing ? (await createAccount(db)).id : (given.dinerId ?? null),
      given.walkIn ?? false,
      status,
      given.holdExpiresAt ?? defaultDeadline(status),
      status === 'CANCELLED' ? (given.cancelledBy ?? 'DINER') : null,
      given.note ?? null,
    ],
  })
}

function defaultDeadline(status: Reservation['status']): Date | null {
  if (status === 'HELD') return new Date(Date.now() + 10 * 60_000)
  return status === 'EXPIRED' ? new Date(Date.now() - 60_000) : null
}
