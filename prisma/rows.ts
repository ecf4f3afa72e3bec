import type { Pool } from 'pg'
import pg from 'pg'

export type Database = Pick<Pool, 'query'>

/** Calendar dates are text, as everywhere outside Prisma: a `Date` would move with the zone. */
export type Dated<Row> = Omit<Row, 'serviceDate'> & { serviceDate: string }

const DATE_TYPE = 1082

/** Whatever pool is given, dates come back as text. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (type: number) =>
    type === DATE_TYPE ? (value: string) => value : pg.types.getTypeParser(type),
}

/** Every column of each table that factories fill, by the names Prisma gives them. */
export const columns = {
  accounts: [
    ...(['id', 'email', 'passwordHash', 'name', 'phone', 'role', 'locale'] as const),
    ...(['ownerApprovedAt', 'ownerRefusedAt', 'ownerRefusal', 'sessionEpoch'] as const),
    ...(['emailConfirmedAt', 'noticeChannels', 'createdAt', 'seenAt', 'sleepToldAt'] as const),
  ],
  restaurants: [
    ...(['id', 'slug', 'name', 'nameEn', 'category', 'region', 'address', 'phone'] as const),
    ...(['description', 'descriptionEn', 'timeZone', 'dayCutMinutes', 'sameDayOnly'] as const),
    ...(['horizonDays', 'bookingsOn', 'confirmWithinMinutes', 'seatingMinutes'] as const),
    ...(['published', 'version', 'mapUrl', 'guestNote', 'guestNoteEn', 'opensMinutes'] as const),
    ...(['opensDaysBefore', 'hiddenAt', 'hiddenReason', 'keepsSchedule'] as const),
    ...(['noShowLimit', 'noShowMonths', 'holdsAfterNoShows', 'createdAt', 'deletedAt'] as const),
  ],
  staff: ['restaurantId', 'accountId', 'role', 'wantsDaySheet'],
  tables: [
    ...(['id', 'restaurantId', 'number', 'minParty', 'maxParty', 'deletedAt', 'areaId'] as const),
    ...(['floorX', 'floorY', 'floorShape'] as const),
  ],
  serviceDates: ['restaurantId', 'serviceDate', 'opensAt', 'closed', 'fence', 'sheetQueuedAt'],
  slots: [
    ...(['id', 'restaurantId', 'serviceDate', 'tableId', 'startsAt', 'endsAt'] as const),
    ...(['minParty', 'maxParty', 'taken', 'heldUntil', 'blocked', 'deletedAt'] as const),
  ],
  reservations: [
    ...(['id', 'restaurantId', 'serviceDate', 'startsAt', 'endsAt', 'partySize'] as const),
    ...(['dinerId', 'walkIn', 'status', 'holdExpiresAt', 'cancelledBy', 'note'] as const),
    ...(['allergies', 'staffNote', 'sequence', 'createdAt', 'entryId'] as const),
  ],
} as const

/** `service_date AS "serviceDate", …` */
export function listColumns(columns: readonly string[]): string {
  return columns.map((column) => `${toColumn(column)} AS "${column}"`).join(', ')
}

function toColumn(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

/** An undefined value is left to the database's default. */
export async function insertRow<Row>({
  db,
  table,
  columns,
  values,
}: {
  db: Database
  table: string
  columns: readonly (keyof Row & string)[]
  values: Partial<Row>
}): Promise<Row> {
  const set = columns.filter((column) => values[column] !== undefined)
  return readRow<Row>({
    db,
    text: `INSERT INTO ${table} (${set.map(toColumn).join(', ')})
           VALUES (${set.map((_, index) => `$${index + 1}`).join(', ')})
           RETURNING ${listColumns(columns)}`,
    values: set.map((column) => values[column]),
  })
}

/** The one row of a statement; none is the caller's mistake. */
export async function readRow<Row>(asked: {
  db: Database
  text: string
  values: unknown[]
}): Promise<Row> {
  const { rows } = await asked.db.query({ text: asked.text, values: asked.values, types })
  const [row] = rows
  if (!row) throw new Error(`expected a row, found none: ${asked.text} ${String(asked.values)}`)
  return row
}

/** Defaults with the given values over them; undefined counts as not given. */
export function fillIn<Row extends object>(
  defaults: Partial<Row>,
  given: Partial<Row>,
): Partial<Row> {
  const said = Object.entries(given).filter(([, value]) => value !== undefined)
  return { ...defaults, ...Object.fromEntries(said) }
}
