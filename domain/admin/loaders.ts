import { z } from 'zod'
import { findReservation, listReservationsOf, readDayLoad } from '@/domain/booking/search.queries'
import { readAsAdmin } from '@/domain/identity/loaders'
import { findPerson, findPersonByWord } from '@/domain/identity/people.queries'
import {
  listNoticesAbout,
  listNoticesOf,
  readOutboxFigures,
} from '@/domain/notification/history.queries'
import {
  findRestaurant,
  findRestaurantByWord,
  listRestaurantsOf,
} from '@/domain/restaurant/directory.queries'
import {
  findOwnerRequest,
  listAbandonedBy,
  listOwnerRequests,
} from '@/domain/restaurant/owner-approval.queries'
import { listAuditLog, readLastBackup, readTodayFigures } from './queries'
import { auditLogQuery, type Overview, personQuery } from './schema'

/** The overview an admin sees first. Null: the visitor is no admin. */
export function loadOverview(): Promise<Overview | null> {
  return readAsAdmin(async () => {
    const [{ asOf, ...today }, outbox, lastBackupAt, { items: owners }] = await Promise.all([
      readTodayFigures(),
      readOutboxFigures(),
      readLastBackup(),
      listOwnerRequests({ state: 'WAITING', cursor: null, limit: 5 }),
    ])
    return { asOf, today, outbox, lastBackupAt, owners }
  })
}

const WHOLE_AUDIT_LOG = {
  accountId: null,
  restaurantId: null,
  subject: null,
  act: null,
  from: null,
  until: null,
  cursor: null,
}
const readId = (given: string) => z.uuid().safeParse(given).data

/** Everything about one person. Null: no such person, or the visitor is no admin. */
export const loadPerson = (given: { id: string; query: unknown }) =>
  readAsAdmin(async () => {
    const id = readId(given.id)
    const person = id === undefined ? null : await findPerson(id)
    if (!person) return null
    const query = personQuery.parse(given.query)
    const { reservations, notices } = query
    const [owner, abandoned, restaurants, booked, told, auditLog] = await Promise.all([
      findOwnerRequest(person.id),
      listAbandonedBy([person.id]),
      listRestaurantsOf(person.id),
      listReservationsOf({ dinerId: person.id, cursor: reservations }),
      listNoticesOf({ accountId: person.id, cursor: notices }),
      listAuditLog({ ...WHOLE_AUDIT_LOG, accountId: person.id, limit: 10 }),
    ])
    const alone = abandoned[0]?.restaurants ?? []
    return { person, owner, alone, restaurants, booked, told, auditLog, query }
  })

/** Everything about one restaurant. Null: no such restaurant, or the visitor is no admin. */
export const loadRestaurant = (given: string) =>
  readAsAdmin(async () => {
    const id = readId(given)
    if (id === undefined) return null
    const [restaurant, load, auditLog] = await Promise.all([
      findRestaurant(id),
      readDayLoad(id),
      listAuditLog({ ...WHOLE_AUDIT_LOG, restaurantId: id, limit: 10 }),
    ])
    return restaurant && load ? { restaurant, load, auditLog } : null
  })

/** Everything about one reservation. Null: no such reservation, or the visitor is no admin. */
export const loadReservation = (given: string) =>
  readAsAdmin(async () => {
    const id = readId(given)
    if (id === undefined) return null
    const [reservation, notices, auditLog] = await Promise.all([
      findReservation(id),
      listNoticesAbout(id),
      listAuditLog({ ...WHOLE_AUDIT_LOG, subjectId: id, limit: 50 }),
    ])
    return reservation && { reservation, notices, auditLog }
  })

const NOTHING = { items: [], nextCursor: null }

/**
 * One page of the audit log, filtered by the URL's parameters; an unknown person or restaurant
 * gives an empty page. Null: the visitor is no admin.
 */
export function loadAuditLog(given: unknown) {
  return readAsAdmin(async () => {
    const query = auditLogQuery.parse(given)
    const [person, restaurant] = await Promise.all([
      query.person ? findPersonByWord(query.person) : null,
      query.restaurant ? findRestaurantByWord(query.restaurant) : null,
    ])
    const isLost = (query.person && !person) || (query.restaurant && !restaurant)
    const ids = { accountId: person?.id ?? null, restaurantId: restaurant?.id ?? null }
    const page = isLost ? NOTHING : await listAuditLog({ ...query, ...ids })
    return { ...page, query, person, restaurant }
  })
}
