import { keepDiner } from '@/domain/guest/commands'
import { recordAct } from '@/domain/identity/audit.commands'
import { runTransaction, type Stop, type Transaction } from '@/lib/db/transaction'
import { type Result, refuse } from '@/lib/problems/result'
import { type Asked, actByLink, lockActorKind } from './actor.commands'

type KeptDiet = { id: string; isDietKept: boolean }
type DietRefusal = 'not-found' | 'nothing-to-keep' | 'busy'

type Party = {
  restaurantId: string
  guestId: string | null
  dinerId: string | null
  allergies: string | null
}

const MOST_TRIES = 4

/** The row of the guest book on which what the party says is kept: its guest's own, or its diner's. */
async function findGuest(
  tx: Transaction,
  { party: { restaurantId, guestId, dinerId }, keeps }: { party: Party; keeps: boolean },
): Promise<string | null> {
  if (guestId !== null || dinerId === null) return guestId
  if (keeps) return (await keepDiner(tx, { restaurantId, dinerId }))?.id ?? null
  const [known] = await tx.$queryRaw<{ id: string | null }[]>`
    SELECT guest_entry_of(p_restaurant => ${restaurantId}::uuid, p_guest => NULL, p_diner => ${dinerId}::uuid) AS id`
  return known?.id ?? null
}

/**
 * Locks the entry before anything of its diet, as staff do who change it, and tells staff who saw it before
 * that it has changed.
 */
async function bumpEntry(tx: Transaction, guestId: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE guests SET version = version + 1
     WHERE id = (SELECT coalesce(merged_into, id) FROM guests WHERE id = ${guestId}::uuid)`
}

async function forget(tx: Transaction, guestId: string): Promise<boolean> {
  const forgotten = await tx.$executeRaw`
    DELETE FROM guest_diets WHERE guest_id IN (SELECT guests_merged_with(p_guest => ${guestId}::uuid))`
  return forgotten > 0
}

async function keep(
  tx: Transaction,
  {
    party: { restaurantId, allergies },
    guestId,
    stop,
  }: { party: Party; guestId: string; stop: Stop<DietRefusal> },
): Promise<void> {
  if (allergies === null) return stop(refuse('nothing-to-keep'))
  await tx.$executeRaw`
    INSERT INTO guest_diets (guest_id, restaurant_id, allergies, consent_way, consented_at)
    VALUES (${guestId}::uuid, ${restaurantId}::uuid, ${allergies}, 'LINK', now())
    ON CONFLICT (guest_id) DO UPDATE
       SET allergies = excluded.allergies, consent_way = excluded.consent_way,
           consented_at = excluded.consented_at, noted_at = now()`
}

/**
 * A diner or guest lets the restaurant keep what this reservation says they can't eat, for their next
 * visits, or takes that back; then everything it keeps of what they can't or won't eat goes at once, also what
 * staff noted. Nothing is asked when they book, and nobody but they can answer. Locks the role in which the
 * asker acts, then the entry.
 *
 * Refuses `not-found` (also for other people's reservations, and to staff), `nothing-to-keep` where the
 * reservation names no allergies, and `busy` when other transactions kept interfering.
 */
export async function keepDiet({
  keeps,
  ...asked
}: Asked & { keeps: boolean }): Promise<Result<KeptDiet, DietRefusal>> {
  const { reservationId, actor } = asked
  return runTransaction<KeptDiet, DietRefusal>(
    async (tx, stop) => {
      if ((await lockActorKind(tx, asked)) !== 'DINER') return stop(refuse('not-found'))
      const [party] = await tx.$queryRaw<Party[]>`
        SELECT restaurant_id AS "restaurantId", guest_id AS "guestId", diner_id AS "dinerId", allergies
          FROM reservations WHERE id = ${reservationId}::uuid`
      if (!party) return stop(refuse('not-found'))
      const guestId = await findGuest(tx, { party, keeps })
      const done = { id: reservationId, isDietKept: keeps }
      // Nobody has written the diner down: there is nothing to take back.
      if (guestId === null) return keeps ? stop(refuse('not-found')) : done
      const about = {
        subject: 'GUEST',
        subjectId: guestId,
        restaurantId: party.restaurantId,
        actor: { ...actor, role: 'DINER' },
      } as const
      await bumpEntry(tx, guestId)
      if (keeps) {
        await keep(tx, { party, guestId, stop })
        const details = { way: 'LINK' }
        await recordAct(tx, { ...about, act: 'GIVE_CONSENT', to: 'GIVEN', details })
      } else if (await forget(tx, guestId))
        await recordAct(tx, { ...about, act: 'END_CONSENT', from: 'GIVEN', to: 'ENDED' })
      return done
    },
    { tries: MOST_TRIES },
  )
}

/**
 * The same through the link mailed to the diner or guest. Locks the diner's account or the guest, then like
 * `keepDiet`. Refuses as `actByLink` and `keepDiet` do.
 */
export function keepDietByLink({
  keeps,
  ...by
}: {
  token: string
  keeps: boolean
  address: string | null
}): Promise<Result<KeptDiet>> {
  return actByLink<KeptDiet>({ ...by, act: ({ asked }) => keepDiet({ ...asked, keeps }) })
}
