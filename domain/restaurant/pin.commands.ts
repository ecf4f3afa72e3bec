import { randomInt } from 'node:crypto'
import { recordAct } from '@/domain/identity/audit.commands'
import { hashInTurn } from '@/domain/identity/commands'
import { type Prover, requireProof } from '@/domain/identity/proof.commands'
import { sealSecrets } from '@/lib/crypto/sealed-secret'
import { runTransaction, type Transaction } from '@/lib/db/transaction'
import { type Result, refuse, succeed } from '@/lib/problems/result'
import { editRestaurant, lockStaffRole } from './commands'
import { isGuessablePin } from './pin.rules'
import type { StaffActor } from './types'

type Member = { restaurantId: string; accountId: string }

/** Whether an account is listed among the staff, which an admin need not be. Its listing is locked. */
export async function isMember(tx: Transaction, key: Member): Promise<boolean> {
  return (await tx.restaurantStaff.count({ where: key })) > 0
}

/**
 * Stores a member's PIN, unlocks it, and has every tablet ask for it again: a person who acted by the
 * former one may not have been its own. Expects the member's listing locked. Locks the PIN's row.
 */
export async function writePin(
  tx: Transaction,
  { hash, isOneTime, ...member }: Member & { hash: string; isOneTime: boolean },
): Promise<void> {
  // The row's id is what the hash is sealed for, so that it opens nothing in another row.
  const [row] = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO staff_pins (restaurant_id, account_id, pin_hash)
    VALUES (${member.restaurantId}::uuid, ${member.accountId}::uuid, '')
    ON CONFLICT (restaurant_id, account_id) DO UPDATE SET pin_hash = ''
    RETURNING id`
  if (!row) throw new Error('the PIN has no row')
  const { id: rowId } = row
  const sealed = sealSecrets({ table: 'staff_pins', rowId, secrets: { pin_hash: hash } })
  await tx.$executeRaw`
    UPDATE staff_pins SET pin_hash = ${sealed.pin_hash}, is_one_time = ${isOneTime}, set_at = now()
     WHERE id = ${rowId}::uuid`
  await tx.pinTries.deleteMany({ where: member })
  await tx.tabletAuthor.deleteMany({ where: member })
}

/**
 * A member of staff sets their own PIN; setting it again unlocks it. Locks the account, its listing,
 * the PIN, then the session. Refuses `pin-guessable`, `busy`, `not-found` to others than members,
 * and as `requireProof`.
 */
export async function setOwnPin({
  restaurantId,
  pin,
  actor,
  sessionId,
}: {
  restaurantId: string
  pin: string
  actor: StaffActor
  sessionId: Prover['sessionId']
}): Promise<Result<null, 'pin-guessable' | 'busy' | 'not-found' | 'proof-needed' | 'signed-out'>> {
  const hashed = await hashInTurn(pin)
  if (!hashed.ok) return hashed
  const { accountId } = actor
  const member = { restaurantId, accountId }
  return runTransaction<null, 'pin-guessable' | 'not-found' | 'proof-needed' | 'signed-out'>(
    async (tx, stop) => {
      const role = await lockStaffRole(tx, member)
      if (role === null || !(await isMember(tx, member))) return stop(refuse('not-found'))
      const account = await tx.account.findUniqueOrThrow({ where: { id: accountId } })
      if (isGuessablePin({ pin, phone: account.phone })) return stop(refuse('pin-guessable'))
      await writePin(tx, { ...member, hash: hashed.value, isOneTime: false })
      await requireProof(tx, { accountId, sessionId, stop })
      const on = { subject: 'STAFF', subjectId: accountId, restaurantId } as const
      await recordAct(tx, { ...on, act: 'SET_PIN', to: 'SET', actor: { ...actor, role } })
      return null
    },
  )
}

/** Six digits that are not among the first a guesser tries. */
function drawPin(): string {
  const pin = String(randomInt(1_000_000)).padStart(6, '0')
  return isGuessablePin({ pin, phone: null }) ? drawPin() : pin
}

/**
 * An owner gives a member of staff a PIN for once, which the answer contains: on a tablet it opens
 * nothing but the choice of their own, for a day. Locks as `editRestaurant`, then the PIN and the
 * session. Refuses `busy`, `not-found`, and as `requireProof`.
 */
export async function giveMemberPin({
  restaurantId,
  accountId,
  actor,
  sessionId,
}: Member & { actor: StaffActor; sessionId: Prover['sessionId'] }): Promise<
  Result<{ pin: string }, 'busy' | 'not-found' | 'proof-needed' | 'signed-out'>
> {
  const pin = drawPin()
  const hashed = await hashInTurn(pin)
  if (!hashed.ok) return hashed
  const given = await editRestaurant<null, 'not-found' | 'proof-needed' | 'signed-out'>({
    restaurantId,
    actor,
    work: async ({ tx, stop, record }) => {
      const member = { restaurantId, accountId }
      if (!(await isMember(tx, member))) return stop(refuse('not-found'))
      await writePin(tx, { ...member, hash: hashed.value, isOneTime: true })
      await requireProof(tx, { accountId: actor.accountId, sessionId, stop })
      await record({ subject: 'STAFF', subjectId: accountId, act: 'GIVE_PIN', to: 'ONE_TIME' })
      return null
    },
  })
  return given.ok ? succeed({ pin }) : given
}

/**
 * An owner says after how many minutes without an act a shared tablet asks for a PIN again. The same
 * again changes nothing. Refuses `not-found`.
 */
export function changeAuthorMinutes({
  restaurantId,
  minutes,
  actor,
}: {
  restaurantId: string
  minutes: number
  actor: StaffActor
}): Promise<Result<{ minutes: number }>> {
  return editRestaurant({
    restaurantId,
    actor,
    work: async ({ tx, restaurant, record }) => {
      const { authorMinutes: before } = restaurant
      if (before === minutes) return { minutes }
      await tx.restaurant.update({ where: { id: restaurantId }, data: { authorMinutes: minutes } })
      await record({ act: 'CHANGE_PIN_MINUTES', to: 'SAVED', details: { before, minutes } })
      return { minutes }
    },
  })
}
