import { recordAct } from '@/domain/identity/audit.commands'
import { loadPrisma } from '@/lib/db/database'
import { runTransaction, type Stop, type Transaction } from '@/lib/db/transaction'
import { type Result, refuse } from '@/lib/problems/result'
import { createLimit } from '@/lib/redis/limit'
import { readPhone, withShownPhone } from '@/lib/text/phone'
import type { Restaurant } from '@/prisma/generated/client'
import { type Editing, editVersion } from './commands'
import { findDayCutConflict, findZoneConflict } from './profile.queries'
import { proposeNextSlug } from './slug.rules'
import type { BookingRules, NewRestaurant, Profile, StaffActor } from './types'

/** More than anyone opens by hand in a day; a script would flood the search. */
const perOwner = createLimit({ name: 'open-restaurant', tries: 10, windowSeconds: 24 * 60 * 60 })

/**
 * Opens a restaurant that only its owner, the caller, can see yet, in one transaction. The
 * account's row is locked against a change of its role meanwhile. Refuses `invalid` for a phone that
 * no country has, `not-allowed` to a caller who is not an approved owner, `rate-limited`, and `slug-taken` with the next slug to try in
 * `proposal`; the unique index decides between two at once.
 */
export async function openRestaurant({
  actor,
  restaurant: { slug, ...profile },
}: {
  actor: StaffActor
  restaurant: NewRestaurant
}): Promise<Result<{ id: string; slug: string }>> {
  const phone = readPhone({ typed: profile.phone })
  if (phone === null) return refuse('invalid', atField('phone'))
  if (!(await isApprovedOwner(actor.accountId))) return refuse('not-allowed')
  const decision = await perOwner(actor.accountId)
  if (!decision.allowed) return refuse('rate-limited', { retryAfterMs: decision.retryAfterMs })
  const open = async (tx: Transaction, stop: Stop) => {
    await tx.$queryRaw`SELECT id FROM accounts WHERE id = ${actor.accountId}::uuid FOR SHARE`
    const owner = await tx.account.findFirst({ where: approvedOwner(actor.accountId) })
    if (!owner) return stop(refuse('not-allowed'))
    const { id } = await tx.restaurant.create({
      data: {
        ...profile,
        phone,
        slug,
        description: '',
        published: false,
        staff: { create: { accountId: actor.accountId, role: 'OWNER' } },
      },
      select: { id: true },
    })
    const on = { subject: 'RESTAURANT', subjectId: id, restaurantId: id } as const
    const by = { ...actor, role: 'OWNER' } as const
    await recordAct(tx, { ...on, actor: by, act: 'OPEN', to: 'UNPUBLISHED' })
    return { id, slug }
  }
  const opened = await runTransaction(open, { constraints: { restaurants_slug_key: 'slug-taken' } })
  if (opened.ok || opened.reason !== 'slug-taken') return opened
  const proposal = await findFreeSlug(proposeNextSlug(slug))
  return refuse('slug-taken', { fields: [{ field: 'slug', code: 'taken' }], proposal })
}

const approvedOwner = (id: string) => ({
  id,
  role: 'OWNER' as const,
  ownerApprovedAt: { not: null },
})

async function isApprovedOwner(accountId: string): Promise<boolean> {
  const prisma = await loadPrisma()
  return (await prisma.account.count({ where: approvedOwner(accountId) })) > 0
}

/** The first of a few proposals that no restaurant has at the moment. */
async function findFreeSlug(first: string): Promise<string> {
  const prisma = await loadPrisma()
  let word = first
  for (let tries = 0; tries < 20; tries += 1) {
    if ((await prisma.restaurant.count({ where: { slug: word } })) === 0) return word
    word = proposeNextSlug(word)
  }
  return word
}

type Saving = { restaurantId: string; actor: StaffActor; version: number }

/**
 * Saves the texts that diners read about a restaurant. Locks its row. Refuses `not-found` to
 * callers other than its approved owners and admins, and `changed-meanwhile` with the present
 * `Profile`; `invalid` for a phone that no country has.
 */
export async function saveProfile({
  profile,
  ...saving
}: Saving & { profile: Profile }): Promise<Result<{ version: number }>> {
  return editVersion({
    ...saving,
    readPresent: async ({ restaurant }) =>
      pickFields(withShownPhone(restaurant, restaurant.timeZone), profile),
    work: (editing) => {
      const { stop, restaurant } = editing
      const phone = readPhone({ typed: profile.phone, timeZone: restaurant.timeZone })
      if (phone === null) return stop(refuse('invalid', atField('profile.phone')))
      return writeFields(editing, { act: 'EDIT_PROFILE', fields: { ...profile, phone } })
    },
  })
}

/**
 * Saves when and how a restaurant can be booked. Existing slots keep their times and lengths, and a
 * scheduled date keeps its opening. Locks the restaurant's row. Refuses as `saveProfile` does;
 * `has-reservations` and `has-schedule` when a new time zone would move the wall times of coming
 * seatings; `day-cut-in-service` when a weekly stretch or a coming seating would start before the
 * cut or run past it.
 */
export async function saveBookingRules({
  rules,
  ...saving
}: Saving & { rules: BookingRules }): Promise<Result<{ version: number }>> {
  return editVersion({
    ...saving,
    // The one check the schema can't make: whether this Postgres knows the time zone.
    constraints: { restaurants_time_zone_known: refuse('invalid', atField('rules.timeZone')) },
    readPresent: async ({ restaurant }) => pickFields(restaurant, rules),
    work: async (editing) => {
      const { tx, stop, restaurant } = editing
      const { id: restaurantId } = restaurant
      if (rules.timeZone !== restaurant.timeZone) {
        const conflict = await findZoneConflict(tx, restaurantId)
        if (conflict) return stop(refuse(conflict, atField('rules.timeZone')))
      }
      if (rules.dayCutMinutes !== restaurant.dayCutMinutes) {
        const asked = { restaurantId, dayCutMinutes: rules.dayCutMinutes }
        if (await findDayCutConflict(tx, asked))
          return stop(refuse('day-cut-in-service', atField('rules.dayCutMinutes')))
      }
      return writeFields(editing, { act: 'EDIT_BOOKING_RULES', fields: rules })
    },
  })
}

const atField = (field: string) => ({ fields: [{ field, code: 'custom' }] })

function pickFields(row: Restaurant, fields: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).filter(([field]) => field in fields))
}

async function writeFields(
  { tx, restaurant, record }: Editing,
  { act, fields }: { act: 'EDIT_PROFILE' | 'EDIT_BOOKING_RULES'; fields: Profile | BookingRules },
): Promise<void> {
  const now: Record<string, unknown> = fields
  const before = Object.entries(pickFields(restaurant, fields)).filter(
    ([field, value]) => now[field] !== value,
  )
  if (before.length === 0) return
  await tx.restaurant.update({ where: { id: restaurant.id }, data: fields })
  const to = restaurant.published ? 'PUBLISHED' : 'UNPUBLISHED'
  await record({ act, from: to, to, details: { before: asJson(before) } })
}

function asJson(entries: [string, unknown][]): Record<string, string | number | boolean | null> {
  const known = entries.map(([field, value]) => [
    field,
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
      ? value
      : null,
  ])
  return Object.fromEntries(known)
}
