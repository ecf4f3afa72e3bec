import { pool } from '@/lib/db/database'
import { withShownPhone } from '@/lib/text/phone'
import { restaurantIdOrSlug, slug as slugSchema } from './schema'
import type {
  ActingRole,
  OwnRestaurant,
  RestaurantDetail,
  StaffRestaurant,
  StaffRestaurantPage,
} from './types'

export const PUBLIC_COLUMNS = `
  r.id, r.slug, r.name, r.name_en AS "nameEn", r.category, r.region, r.address, r.phone,
  r.description, r.description_en AS "descriptionEn", r.time_zone AS "timeZone",
  r.same_day_only AS "sameDayOnly", r.horizon_days AS "horizonDays", r.bookings_on AS "bookingsOn",
  r.confirm_within_minutes AS "confirmWithinMinutes",
  service_date_at(now(), r.time_zone, r.day_cut_minutes)::text AS today,
  party.min IS NOT NULL AS "hasTables", party.min AS "minParty", party.max AS "maxParty",
  (SELECT json_build_object('url', p.url, 'alt', p.alt) FROM restaurant_pictures p
    WHERE p.restaurant_id = r.id ORDER BY p.position LIMIT 1) AS picture`

/** The words a restaurant is found by, as the index `restaurants_words` holds them. */
export const RESTAURANT_WORDS = (of: string) =>
  `restaurant_words(${of}.slug, ${of}.name, ${of}.name_en, ${of}.region, ${of}.category, ${of}.address,
                    ${of}.description, ${of}.description_en)`

export const PARTY_RANGE = `
  CROSS JOIN LATERAL (
    SELECT min(t.min_party), max(t.max_party) FROM restaurant_tables t
     WHERE t.restaurant_id = r.id AND t.deleted_at IS NULL) AS party`

/** When bookings open: by the recurring opening `h` if there is one, else by the rules. */
export const RECURRING_OPENING =
  'LEFT JOIN recurring_openings h ON h.restaurant_id = r.id AND h.active'
export const OPENS_MINUTES = 'coalesce(h.opens_minutes, r.opens_minutes)'
export const OPENS_DAYS_BEFORE = 'coalesce(h.opens_days_before, r.opens_days_before)'

const DETAIL_COLUMNS = `
  r.map_url AS "mapUrl", r.guest_note AS "guestNote", r.guest_note_en AS "guestNoteEn",
  ${OPENS_MINUTES} AS "opensMinutes", ${OPENS_DAYS_BEFORE} AS "opensDaysBefore",
  r.no_show_limit AS "noShowLimit", r.no_show_months AS "noShowMonths",
  r.holds_after_no_shows AS "holdsAfterNoShows",
  (SELECT coalesce(json_agg(json_build_object('weekday', h.weekday, 'fromMinutes', h.from_minutes,
            'toMinutes', h.to_minutes) ORDER BY h.weekday, h.from_minutes), '[]')
     FROM restaurant_hours h WHERE h.restaurant_id = r.id) AS hours,
  (SELECT coalesce(json_agg(json_build_object('date', c.closed_date, 'reason', c.reason)
            ORDER BY c.closed_date), '[]')
     FROM restaurant_closures c
    WHERE c.restaurant_id = r.id AND c.closed_date BETWEEN
          service_date_at(now(), r.time_zone, r.day_cut_minutes) AND
          service_date_at(now(), r.time_zone, r.day_cut_minutes) + 60) AS closures,
  (SELECT coalesce(json_agg(json_build_object('url', p.url, 'alt', p.alt) ORDER BY p.position), '[]')
     FROM restaurant_pictures p WHERE p.restaurant_id = r.id) AS pictures,
  (SELECT coalesce(json_agg(json_build_object('maxParty', c.max_party, 'count', c.count)
            ORDER BY c.max_party), '[]')
     FROM (SELECT t.max_party, count(*) FROM restaurant_tables t
            WHERE t.restaurant_id = r.id AND t.deleted_at IS NULL
            GROUP BY t.max_party) AS c) AS "tableClasses"`

/** Null: there is no such restaurant, or it was deleted; the caller is not told which. */
export async function findRestaurant({
  idOrSlug,
}: {
  idOrSlug: string
}): Promise<RestaurantDetail | null> {
  const asked = restaurantIdOrSlug.safeParse(idOrSlug)
  if (!asked.success) return null
  // A slug may look like an id, so the slug column is checked first.
  const { rows } = await pool.query<RestaurantDetail>(
    `SELECT ${PUBLIC_COLUMNS}, ${DETAIL_COLUMNS} FROM restaurants r ${PARTY_RANGE} ${RECURRING_OPENING}
      WHERE (r.slug = $1 OR r.id = $2::uuid) AND r.deleted_at IS NULL AND r.published
      ORDER BY r.slug = $1 DESC LIMIT 1`,
    [asked.data, isUuid(asked.data) ? asked.data : null],
  )
  const [found] = rows
  return found ? withShownPhone(found, found.timeZone) : null
}

/**
 * An account's role at a restaurant as it is now, for reading; an act keeps its role with
 * `lockStaffRole`. Null: none. An owner without an admin's approval has no owner's rights yet.
 */
export async function readStaffRole(asked: {
  accountId: string
  restaurantId: string
}): Promise<ActingRole | null> {
  const { rows } = await pool.query<{ role: ActingRole }>(STAFF_ROLE, [
    asked.accountId,
    asked.restaurantId,
  ])
  return rows[0]?.role ?? null
}

/**
 * A restaurant with everything its owner edits, published or not, and the account's role there.
 * Null: no restaurant has this slug, or the account has no role there.
 */
export async function findStaffRestaurant({
  accountId,
  slug,
}: {
  accountId: string
  slug: string
}): Promise<OwnRestaurant | null> {
  const asked = slugSchema.safeParse(slug)
  if (!asked.success) return null
  const { rows } = await pool.query<OwnRestaurant>(
    `SELECT ${OWN_COLUMNS}, ${ACTING_ROLE} AS role ${ACTING_FOR} AND r.slug = $2`,
    [accountId, asked.data],
  )
  const [found] = rows
  return found ? withShownPhone(found, found.timeZone) : null
}

/**
 * One page of the restaurants an account may act for, published or not; for an admin, all
 * restaurants. `slug`: only the restaurant with that slug.
 */
export async function listStaffRestaurants({
  accountId,
  slug,
  cursor,
  limit = 50,
}: {
  accountId: string
  slug?: string | undefined
  cursor?: string | undefined
  limit?: number
}): Promise<StaffRestaurantPage> {
  const { rows } = await pool.query<StaffRestaurant>(
    `SELECT r.id, r.slug, r.name, r.name_en AS "nameEn", r.time_zone AS "timeZone",
            service_date_at(now(), r.time_zone, r.day_cut_minutes)::text AS today,
            EXISTS (SELECT FROM restaurant_tables t
                     WHERE t.restaurant_id = r.id AND t.deleted_at IS NULL) AS "hasTables",
            ${ACTING_ROLE} AS role
       ${ACTING_FOR}
        AND ($2::uuid IS NULL OR (r.name COLLATE "C", r.id) >
              (SELECT c.name COLLATE "C", c.id FROM restaurants c WHERE c.id = $2))
        AND ($4::text IS NULL OR r.slug = $4)
      ORDER BY r.name COLLATE "C", r.id
      LIMIT $3`,
    [accountId, cursor, limit + 1, slug],
  )
  return cutPage({ rows, limit })
}

const OWN_COLUMNS = `
  r.id, r.slug, r.name, r.name_en AS "nameEn", r.category, r.region, r.address, r.phone,
  r.description, r.description_en AS "descriptionEn", r.guest_note AS "guestNote",
  r.guest_note_en AS "guestNoteEn", r.map_url AS "mapUrl", r.time_zone AS "timeZone",
  r.day_cut_minutes AS "dayCutMinutes", r.seating_minutes AS "seatingMinutes",
  r.same_day_only AS "sameDayOnly", r.horizon_days AS "horizonDays",
  r.opens_minutes AS "opensMinutes", r.opens_days_before AS "opensDaysBefore",
  r.confirm_within_minutes AS "confirmWithinMinutes", r.bookings_on AS "bookingsOn",
  r.no_show_limit AS "noShowLimit", r.no_show_months AS "noShowMonths",
  r.holds_after_no_shows AS "holdsAfterNoShows",
  r.published, r.hidden_reason AS "hiddenReason", r.version,
  service_date_at(now(), r.time_zone, r.day_cut_minutes)::text AS today`

const ACTING_ROLE = 'acting_role(a.role, a.owner_approved_at, s.role)'

/** `$1` is the account. */
const ACTING_FOR = `
  FROM accounts a
  JOIN restaurants r ON r.deleted_at IS NULL
  LEFT JOIN restaurant_staff s ON s.restaurant_id = r.id AND s.account_id = a.id
 WHERE a.id = $1::uuid AND ${ACTING_ROLE} IS NOT NULL`

/** Of `staff_visit(…) v`: a `StaffVisit`. */
export const VISIT_COLUMNS = `
  v.account_role AS "accountRole", v.is_by_passkey AS "isByPasskey", v.is_unseen AS "isUnseen"`

const STAFF_ROLE = `SELECT ${ACTING_ROLE} AS role ${ACTING_FOR} AND r.id = $2::uuid`

function isUuid(idOrSlug: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(idOrSlug)
}

/** Expects one row more than the page holds, which shows whether there is another page. */
export function cutPage<Row extends { id: string }>({
  rows,
  limit,
}: {
  rows: Row[]
  limit: number
}) {
  const items = rows.slice(0, limit)
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null }
}
