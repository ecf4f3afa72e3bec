import { saveAreas, saveCombinations } from '@/domain/restaurant/table-group.commands'
import { signLink } from '@/lib/crypto/link-token'
import { pool } from '@/lib/db/database'
import {
  createAccount,
  createInvitation,
  createReservation,
  createRestaurant,
  createStaff,
  createTable,
} from '@/prisma/factories'
import { seedDemo } from '@/prisma/seed'
import { type FullEvening, setUpFullEvening } from '../full-evening'
import { createPerson, openSessionOf, type Person, signTokenFor } from '../http-scene'
import { queueDead } from '../notices'
import { createOpening } from '../opening-scene'
import { givePinTo, shareSession } from '../pin-scene'
import { createCrew } from './crew'
import { type EveningScene, fillEvening } from './evening'
import { joinTables } from './joined'
import { type LineScene, setUpLines } from './lines'
import { type LinkScene, setUpLinks } from './links'
import { createAbsent, setUpNoShows } from './no-shows'
import { type OpeningsScene, setUpOpenings } from './openings'
import { setUpProven } from './proven'
import { type RehearsalPaths, setUpRehearsals } from './rehearsals'
import { endTonight } from './tonight'

export interface GalleryScene {
  people: Record<
    | ('diner' | 'newcomer' | 'owner' | 'host' | 'admin' | 'unconfirmed' | 'waiting' | 'refused')
    | ('returned' | 'keeper' | 'tablet' | 'crew' | 'absent'),
    Person
  >
  /** The diner's: one coming, one cancelled. */
  reservationIds: {
    coming: string
    cancelled: string
    held: string
    missed: string
    disputed: string
    awaiting: string
  }
  /** The date of the hold that awaits staff. */
  awaitingDate: string
  /** The link of an invitation sent to the newcomer. */
  invitationToken: string
  /** The link of the diner's coming reservation, at the garden. */
  noticeId: string
  /** Accounts that wait for an admin's decision, and what admins look at. */
  waitingOwnerId: string
  restaurantId: string
  links: LinkScene
  openings: OpeningsScene
  rehearsals: RehearsalPaths
  /** Drawn with a public beacon, its turns taken and most of its tables booked. */
  provenId: string
  /** A service under way. */
  evening: EveningScene
  /** A busy restaurant around midnight. */
  fullEvening: FullEvening
  lines: LineScene
}

async function findPerson(email: string): Promise<Person> {
  const { rows } = await pool.query<{
    id: string
    email: string
    role: 'DINER' | 'OWNER' | 'ADMIN'
  }>('SELECT id, email, role FROM accounts WHERE email = $1', [email])
  const [found] = rows
  if (!found) throw new Error(`the demo has no ${email}`)
  const session = await openSessionOf(found, { role: found.role })
  // All views together take longer than a proof stays fresh.
  await pool.query(`UPDATE sessions SET proved_at = now() + interval '1 hour' WHERE id = $1`, [
    session.sessionId,
  ])
  return { ...found, ...session }
}

/** Free slots of a restaurant's coming days, one per day. */
async function findFreeSlots({ slug, count }: { slug: string; count: number }): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `SELECT DISTINCT ON (s.service_date) s.id FROM slots s JOIN restaurants r ON r.id = s.restaurant_id
      WHERE r.slug = $1 AND NOT s.taken AND NOT s.blocked AND s.deleted_at IS NULL AND s.max_party = 4
        AND s.starts_at > now() + interval '2 hours'
      ORDER BY s.service_date, s.starts_at LIMIT $2`,
    [slug, count],
  )
  return rows.map(({ id }) => id)
}

/** Floor staff of the garden whose device is shared: two people have PINs, and nobody has said who acts. */
async function openSharedTablet(restaurantId: string, ownerId: string): Promise<Person> {
  const person = await createPerson({ name: '홀 태블릿' })
  const { id: accountId } = await createAccount(pool, { name: '서지안' })
  for (const id of [person.id, accountId])
    await createStaff(pool, { restaurantId, accountId: id, role: 'STAFF' })
  await givePinTo({ restaurantId, accountId })
  await givePinTo({ restaurantId, accountId: ownerId })
  await shareSession(person.sessionId)
  await pool.query('UPDATE sessions SET proof = NULL, proved_at = NULL WHERE id = $1', [
    person.sessionId,
  ])
  return person
}

/** The demo, after some acts of its first diner. */
export async function setUpGallery(): Promise<GalleryScene> {
  await seedDemo({ pool })
  const diner = await findPerson('diner1@bobjool.test')
  await fillOne()
  await openRushed()
  await endTonight()
  const [coming, cancelled, held, awaiting] = await findFreeSlots({ slug: 'garden', count: 4 })
  const book = async (slotId: string | undefined, status: 'CONFIRMED' | 'CANCELLED' | 'HELD') =>
    (
      await createReservation(pool, {
        slotId: slotId ?? '',
        dinerId: diner.id,
        partySize: 3,
        status,
        note: '창가 자리면 좋겠어요.',
      })
    ).id
  const newcomer = await createAccount(pool, { name: '새손님', email: 'new@bobjool.test' })
  const { id, email } = newcomer
  const hopeful = { role: 'OWNER', ownerApprovedAt: null } as const
  const waiting = await createWaitingOwners()
  const garden = await pool.query<{ id: string }>(
    `SELECT id FROM restaurants WHERE slug = 'garden'`,
  )
  const evening = await fillEvening()
  const fullEvening = await setUpFullEvening()
  await joinTables(fullEvening)
  const owner = await findPerson('owner@bobjool.test')
  const reservationIds = {
    coming: await book(coming, 'CONFIRMED'),
    cancelled: await book(cancelled, 'CANCELLED'),
    held: await book(held, 'HELD'),
    awaiting: await book(awaiting, 'HELD'),
    ...(await setUpNoShows({ dinerId: diner.id, restaurantId: garden.rows[0]?.id ?? '' })),
  }
  const {
    rows: [hold],
  } = await pool.query<{ date: string }>(
    'UPDATE reservations SET awaits_staff = true WHERE id = $1 RETURNING service_date::text AS date',
    [reservationIds.awaiting],
  )
  await pool.query(`UPDATE reservations SET allergies = '새우, 게' WHERE id = $1`, [
    reservationIds.cancelled,
  ])
  await pool.query(`INSERT INTO backups (ended_at) VALUES (now() - interval '9 hours')`)
  const noticeId = await queueNotices(reservationIds.coming)
  return {
    noticeId,
    awaitingDate: hold?.date ?? '',
    waitingOwnerId: waiting,
    restaurantId: garden.rows[0]?.id ?? '',
    people: {
      diner,
      tablet: await openSharedTablet(garden.rows[0]?.id ?? '', owner.id),
      newcomer: { id, email, token: await signTokenFor({ id, email }) },
      owner,
      host: evening.host,
      keeper: fullEvening.owner,
      crew: await createCrew(evening),
      absent: await createAbsent(garden.rows[0]?.id ?? ''),
      admin: await findPerson('admin@bobjool.test'),
      unconfirmed: await createPerson({ name: '미확인', emailConfirmedAt: null }),
      waiting: await createPerson({ ...hopeful, name: '기다림', passwordHash: null }),
      returned: await createReturned(),
      refused: await createPerson({
        ...hopeful,
        name: '다시 한번',
        ownerRefusedAt: new Date(),
        ownerRefusal: '사업자 등록 번호를 확인할 수 없었어요.\n번호를 고쳐서 다시 신청해 주세요.',
      }),
    },
    invitationToken: await fillRestaurants({ newcomerEmail: email }),
    reservationIds,
    links: await setUpLinks(newcomer),
    provenId: await setUpProven(),
    openings: await setUpOpenings({ accountId: newcomer.id }),
    rehearsals: await setUpRehearsals({ ownerId: owner.id }),
    evening,
    fullEvening,
    lines: await setUpLines({ diner, owner }),
  }
}

/** A notice that was not delivered, one that was overtaken, and reminders that are not due yet. */
async function queueNotices(reservationId: string): Promise<string> {
  const dropped = await queueDead(pool, reservationId)
  await pool.query(
    `UPDATE notices SET state = 'DROPPED', last_error = NULL, dropped_because = 'cancelled' WHERE id = $1`,
    [dropped],
  )
  return queueDead(pool, reservationId)
}

/** An account whose mail bounces. */
async function createReturned(): Promise<Person> {
  const person = await createPerson({ name: '돌아옴' })
  await pool.query(
    `INSERT INTO mail_refusals (address, kind, reason) VALUES ($1, 'BOUNCE', '550 5.1.1 no such mailbox')`,
    [person.email],
  )
  return person
}

/** A restaurant with every field of its profile filled in. */
async function fillOne(): Promise<void> {
  const { id } = await createRestaurant(pool, {
    slug: 'complete',
    name: '다 차린 집',
    nameEn: 'The Whole House',
    guestNote: '마당 자리는 담요를 드려요.\n유아차는 입구에 둘 수 있어요.',
    opensMinutes: 600,
    opensDaysBefore: 7,
    confirmWithinMinutes: 10,
  })
  for (const maxParty of [2, 2, 2, 4, 4, 8]) await createTable(pool, { restaurantId: id, maxParty })
  await pool.query(
    `INSERT INTO restaurant_hours
     SELECT $1, day, from_minutes, to_minutes
       FROM generate_series(2, 7) AS day,
            (VALUES (690, 900, false), (1020, 1320, false), (1020, 1500, true)) AS h (from_minutes, to_minutes, late)
      WHERE late = (day >= 6)`,
    [id],
  )
  await pool.query(
    `INSERT INTO restaurant_closures VALUES ($1, current_date + 10, '김장하는 날'), ($1, current_date + 31, NULL)`,
    [id],
  )
  await pool.query(
    `INSERT INTO restaurant_pictures
     SELECT $1, n, 'https://pictures.example/' || n * 80 % 240, '숯불 위에서 굽는 고등어'
       FROM generate_series(1, 3) AS n`,
    [id],
  )
}

/** A restaurant whose opening is under way, with diners in its lobby; another was cancelled. */
async function openRushed(): Promise<void> {
  const owner = await findPerson('owner@bobjool.test')
  const { id: restaurantId } = await createRestaurant(pool, { slug: 'rushed', ownerId: owner.id })
  const { openingId } = await createOpening({ restaurantId, opensInMinutes: -5 })
  const taken = await createOpening({ restaurantId, daysAhead: 1 })
  await pool.query(
    `UPDATE openings SET cancelled_at = now(), cancelled_for = '가스 점검으로 하루 쉬어요.' WHERE id = $1`,
    [taken.openingId],
  )
  await createOpening({ restaurantId, daysAhead: 2, opensInMinutes: 20 })
  await pool.query(
    `INSERT INTO opening_entries (opening_id, account_id, entry_id, in_lobby)
     SELECT $1, id, md5(id::text), true FROM accounts WHERE email LIKE 'diner%'`,
    [openingId],
  )
}

/** A restaurant just begun, and people invited to work at `garden`: the link of one. */
async function fillRestaurants({ newcomerEmail }: { newcomerEmail: string }): Promise<string> {
  const owner = await findPerson('owner@bobjool.test')
  await createRestaurant(pool, { slug: 'begun', ownerId: owner.id, published: false })
  await createRestaurant(pool, {
    slug: 'hidden',
    ownerId: owner.id,
    published: false,
    hiddenAt: new Date(),
    hiddenReason: '전화번호로 연락이 닿지 않아요. 확인되면 다시 보이게 할게요.',
  })
  const { rows } = await pool.query<{ id: string }>(
    `SELECT id FROM restaurants WHERE slug = 'garden'`,
  )
  const restaurantId = rows[0]?.id ?? ''
  await groupTables({ restaurantId, ownerId: owner.id })
  const floor = await createAccount(pool, { name: '이직원', email: 'floor@bobjool.test' })
  await createStaff(pool, { restaurantId, accountId: floor.id, role: 'STAFF' })
  const id = await createInvitation(pool, { restaurantId, email: newcomerEmail })
  return signLink({ kind: 'invitation', id })
}

async function groupTables({ restaurantId, ownerId }: { restaurantId: string; ownerId: string }) {
  const asked = { restaurantId, version: null, actor: { accountId: ownerId, address: null } }
  const areas = [
    { name: '홀', tableNumbers: [1, 2, 3, 4, 9, 10] },
    { name: '마당', tableNumbers: [5, 6, 7, 8] },
    { name: '다락', tableNumbers: [] },
  ]
  const combinations = [
    { tableNumbers: [5, 6], minParty: 5, maxParty: 8 },
    { tableNumbers: [5, 6, 7], minParty: 9, maxParty: 12 },
    { tableNumbers: [1, 2], minParty: 3, maxParty: 4 },
  ]
  await saveAreas({ ...asked, areas })
  await saveCombinations({ ...asked, combinations })
}

/** One who has waited long and one with an unconfirmed address; returns the first one's id. */
async function createWaitingOwners(): Promise<string> {
  const owner = { role: 'OWNER', ownerApprovedAt: null } as const
  const { id } = await createAccount(pool, {
    ...owner,
    name: '한기다림',
    email: 'waiting@bobjool.test',
    phone: '010-2345-6789',
    createdAt: new Date(Date.now() - 3 * 60 * 60_000),
  })
  await createAccount(pool, {
    ...owner,
    name: '오미확인',
    email: 'unconfirmed@bobjool.test',
    emailConfirmedAt: null,
  })
  await createAccount(pool, {
    ...owner,
    name: '윤거절',
    email: 'refused@bobjool.test',
    ownerRefusedAt: new Date(),
    ownerRefusal: '사업자 등록증의 이름이 달라요.',
  })
  return id
}
