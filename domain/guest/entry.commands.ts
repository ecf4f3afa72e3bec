import { recordAct } from '@/domain/identity/audit.commands'
import type { AuditActor } from '@/domain/identity/audit.types'
import { lockStaffRole } from '@/domain/restaurant/commands'
import type { StaffActor } from '@/domain/restaurant/types'
import { runTransaction, type Stop, type Transaction } from '@/lib/db/transaction'
import { type Result, refuse } from '@/lib/problems/result'
import type { GuestChange } from './entry.schema'

type ChangeRefusal =
  | 'not-found'
  | 'already-merged'
  | 'changed-meanwhile'
  | 'consent-needed'
  | 'invalid'

const MOST_TRIES = 4

type Entry = { restaurantId: string; guestId: string }
type Diet = NonNullable<GuestChange['diet']>

async function lockEntry(
  tx: Transaction,
  { restaurantId, guestId, stop }: Entry & { stop: Stop<'not-found' | 'already-merged'> },
): Promise<{ version: number }> {
  const [found] = await tx.$queryRaw<{ version: number; mergedInto: string | null }[]>`
    SELECT version, merged_into AS "mergedInto" FROM guests
     WHERE id = ${guestId}::uuid AND restaurant_id = ${restaurantId}::uuid FOR UPDATE`
  if (!found) return stop(refuse('not-found'))
  const { mergedInto } = found
  return mergedInto === null ? found : stop(refuse('already-merged', { guestId: mergedInto }))
}

/** Replaces the tags of everyone who is this person. In order of their names: two staff lock no circle. */
async function writeTags(
  tx: Transaction,
  { restaurantId, guestId, tags }: Entry & { tags: NonNullable<GuestChange['tags']> },
): Promise<void> {
  const sorted = tags.toSorted((a, b) => (a.name < b.name ? -1 : 1))
  const names = sorted.map(({ name }) => name)
  const colors = sorted.map(({ color }) => color ?? 'GREY')
  const recolored = sorted.filter(({ color }) => color !== undefined).map(({ name }) => name)
  await tx.$executeRaw`
    DELETE FROM guest_tag_marks WHERE guest_id IN (SELECT guests_merged_with(p_guest => ${guestId}::uuid))`
  await tx.$executeRaw`
    WITH kept AS (
      INSERT INTO guest_tags (restaurant_id, name, color)
      SELECT ${restaurantId}::uuid, n.name, n.color FROM unnest(${names}::text[], ${colors}::text[]) AS n(name, color)
      ON CONFLICT (restaurant_id, name) DO UPDATE
         SET color = CASE WHEN excluded.name = ANY (${recolored}::text[]) THEN excluded.color ELSE guest_tags.color END
      RETURNING id)
    INSERT INTO guest_tag_marks (guest_id, tag_id, restaurant_id)
    SELECT ${guestId}::uuid, kept.id, ${restaurantId}::uuid FROM kept`
}

async function writeNote(
  tx: Transaction,
  { guestId, note }: { guestId: string; note: string | null },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE guests SET note = CASE WHEN id = ${guestId}::uuid THEN ${note}::text END
     WHERE id IN (SELECT guests_merged_with(p_guest => ${guestId}::uuid))`
}

type Consent = { way: string; at: Date }

/** The consent under which a diet is kept from now on: the one that is given, or the one that stands. */
async function findConsent(
  tx: Transaction,
  {
    guestId,
    given,
    stop,
  }: { guestId: string; given: Diet['consent']; stop: Stop<'consent-needed' | 'invalid'> },
): Promise<Consent> {
  if (given) {
    const { way, at = null } = given
    const [judged] = await tx.$queryRaw<{ at: Date; isComing: boolean }[]>`
      SELECT coalesce(${at}::timestamptz, now()) AS at, coalesce(${at}::timestamptz > now(), false) AS "isComing"`
    if (!judged || judged.isComing)
      return stop(refuse('invalid', { fields: [{ field: 'diet.consent.at', code: 'custom' }] }))
    return { way, at: judged.at }
  }
  const [known] = await tx.$queryRaw<Consent[]>`
    SELECT consent_way AS way, consented_at AS at FROM guest_diets
     WHERE guest_id IN (SELECT guests_merged_with(p_guest => ${guestId}::uuid))
     ORDER BY guest_id = ${guestId}::uuid DESC, consented_at DESC LIMIT 1`
  return known ?? stop(refuse('consent-needed'))
}

/** Forgets what everyone who is this person can't or won't eat; true if there was something. */
async function forgetDiet(tx: Transaction, guestId: string): Promise<boolean> {
  const forgotten = await tx.$executeRaw`
    DELETE FROM guest_diets WHERE guest_id IN (SELECT guests_merged_with(p_guest => ${guestId}::uuid))`
  return forgotten > 0
}

async function writeDiet(
  tx: Transaction,
  { restaurantId, guestId, diet, consent }: Entry & { diet: Diet; consent: Consent },
): Promise<void> {
  await forgetDiet(tx, guestId)
  await tx.$executeRaw`
    INSERT INTO guest_diets (guest_id, restaurant_id, allergies, dislikes, consent_way, consented_at)
    VALUES (${guestId}::uuid, ${restaurantId}::uuid, ${diet.allergies}, ${diet.dislikes}, ${consent.way}, ${consent.at}::timestamptz)`
}

/** What staff have heard of a diet: kept with its consent, or forgotten with the consent's end. */
async function changeDiet(
  tx: Transaction,
  {
    diet,
    actor,
    stop,
    ...entry
  }: Entry & { diet: Diet | null; actor: AuditActor; stop: Stop<'consent-needed' | 'invalid'> },
): Promise<void> {
  const { guestId, restaurantId } = entry
  const about = { subject: 'GUEST', subjectId: guestId, restaurantId, actor } as const
  if (diet === null) {
    if (await forgetDiet(tx, guestId))
      await recordAct(tx, { ...about, act: 'END_CONSENT', from: 'GIVEN', to: 'ENDED' })
    return
  }
  const consent = await findConsent(tx, { guestId, given: diet.consent, stop })
  await writeDiet(tx, { ...entry, diet, consent })
  if (diet.consent)
    await recordAct(tx, {
      ...about,
      act: 'GIVE_CONSENT',
      to: 'GIVEN',
      details: { way: consent.way },
    })
}

/**
 * Staff change the tags, the note and the diet of an entry of the guest book; of all who are merged into
 * it, what they had of the changed part goes. What the guest can't or won't eat is kept only with a
 * consent, one that staff have heard or one that stands. The audit log tells which parts were changed, not
 * how. Locks the staff's role, then the entry, then its tags in the order of their names.
 *
 * Refuses `not-found` (also another restaurant's guest), `already-merged` with the `guestId` of the entry
 * that it is part of, `changed-meanwhile` with the present `version` unless that was the one shown,
 * `consent-needed`, `invalid` for a consent that is yet to be given, and `busy` when other transactions kept
 * interfering.
 */
export async function changeGuest({
  restaurantId,
  guestId,
  version,
  change,
  actor,
}: Entry & {
  /** The version that was shown. Null: whichever it is. */
  version: number | null
  change: GuestChange
  actor: StaffActor
}): Promise<Result<{ version: number }, ChangeRefusal | 'busy'>> {
  return runTransaction<{ version: number }, ChangeRefusal>(
    async (tx, stop) => {
      const role = await lockStaffRole(tx, { ...actor, restaurantId })
      if (!role) return stop(refuse('not-found'))
      const entry = { restaurantId, guestId }
      const present = await lockEntry(tx, { ...entry, stop })
      if (version !== null && version !== present.version)
        return stop(refuse('changed-meanwhile', { version: present.version }))
      const by = { ...actor, role }
      if (change.tags !== undefined) await writeTags(tx, { ...entry, tags: change.tags })
      if (change.note !== undefined) await writeNote(tx, { guestId, note: change.note })
      if (change.diet !== undefined)
        await changeDiet(tx, { ...entry, diet: change.diet, actor: by, stop })
      await tx.$executeRaw`UPDATE guests SET version = version + 1 WHERE id = ${guestId}::uuid`
      await recordAct(tx, {
        subject: 'GUEST',
        subjectId: guestId,
        restaurantId,
        actor: by,
        act: 'CHANGE_GUEST',
        to: 'SAVED',
        details: { fields: Object.keys(change) },
      })
      return { version: present.version + 1 }
    },
    { tries: MOST_TRIES },
  )
}
