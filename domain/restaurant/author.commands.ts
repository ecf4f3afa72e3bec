import { recordAct, SERVICE } from '@/domain/identity/audit.commands'
import { hashInTurn, judgeInTurn } from '@/domain/identity/commands'
import { queueAccountMail } from '@/domain/identity/notice.commands'
import { signLink } from '@/lib/crypto/link-token'
import { openSecrets } from '@/lib/crypto/sealed-secret'
import type { AccountClaims } from '@/lib/crypto/session-token'
import { pool } from '@/lib/db/database'
import { runTransaction, type Stop, type Transaction } from '@/lib/db/transaction'
import { log } from '@/lib/log'
import { type Result, refuse, succeed } from '@/lib/problems/result'
import { lockStaffRole } from './commands'
import { isMember, writePin } from './pin.commands'
import {
  isGuessablePin,
  locksPin,
  MOST_ON_TABLET,
  ONE_TIME_HOURS,
  pinWaitMinutes,
  TABLET_MINUTES,
  WAITING_ACT_HOURS,
} from './pin.rules'
import type { ProvenAuthor } from './pin.schema'
import { readStaffRole } from './queries'

/** The session of a shared tablet and the account that it is signed in with. */
export type TabletSession = { accountId: string; sessionId: string; address: string | null }

type Proving = {
  restaurantId: string
  /** The person who says they act. */
  accountId: string
  tablet: TabletSession
}
type TryRefusal = 'not-found' | 'not-shared' | 'rate-limited' | 'pin-locked'

type Tries = { wrong: number; isLocked: boolean; waitMs: number }
type Tried = { stored: string | null; wrong: number }

/** The newest tries of a person, locked. They are counted whether or not the person has a PIN. */
async function lockTries(tx: Transaction, { restaurantId, accountId }: Proving): Promise<Tries> {
  await tx.$executeRaw`
    INSERT INTO pin_tries (restaurant_id, account_id) VALUES (${restaurantId}::uuid, ${accountId}::uuid)
    ON CONFLICT DO NOTHING`
  const [tries] = await tx.$queryRaw<Tries[]>`
    SELECT wrong, locked_at IS NOT NULL AS "isLocked",
           coalesce(ceil(extract(epoch FROM wait_until - clock_timestamp()) * 1000), 0)::integer AS "waitMs"
      FROM pin_tries
     WHERE restaurant_id = ${restaurantId}::uuid AND account_id = ${accountId}::uuid FOR UPDATE`
  if (!tries) throw new Error('the tries have no row')
  return tries
}

/** The hash of a member's PIN. Null: they have none, or an owner gave it too long ago. */
async function findPin(
  tx: Transaction,
  { restaurantId, accountId }: Pick<Proving, 'restaurantId' | 'accountId'>,
): Promise<{ stored: string; isOneTime: boolean } | null> {
  const [pin] = await tx.$queryRaw<{ id: string; pin_hash: string; isOneTime: boolean }[]>`
    SELECT id, pin_hash, is_one_time AS "isOneTime" FROM staff_pins
     WHERE restaurant_id = ${restaurantId}::uuid AND account_id = ${accountId}::uuid
       AND (NOT is_one_time OR set_at > now() - ${ONE_TIME_HOURS}::integer * interval '1 hour')`
  if (!pin) return null
  const { id: rowId, pin_hash, isOneTime } = pin
  const opened = openSecrets({ table: 'staff_pins', rowId, secrets: { pin_hash } })
  if (opened.isOpen) return { stored: opened.secrets.pin_hash, isOneTime }
  log.error({ error: opened.error }, 'a PIN can’t be opened')
  return null
}

/** Counts a try on the tablet. Stops when it has had too many wrong ones. Locks the session. */
async function countOnTablet(
  tx: Transaction,
  { tablet: { sessionId, accountId }, stop }: Proving & { stop: Stop<TryRefusal> },
): Promise<void> {
  const [session] = await tx.$queryRaw<{ isShared: boolean; wrong: number; restMs: number }[]>`
    SELECT shared_at IS NOT NULL AS "isShared",
           CASE WHEN wrong_pins_since > now() - ${TABLET_MINUTES}::integer * interval '1 minute'
                THEN wrong_pins ELSE 0 END::integer AS wrong,
           coalesce(greatest(0, ceil(extract(epoch FROM wrong_pins_since - now()) * 1000)
                                + ${TABLET_MINUTES * 60_000}), 0)::integer AS "restMs"
      FROM sessions
     WHERE id = ${sessionId}::uuid AND account_id = ${accountId}::uuid AND expires_at > now() FOR NO KEY UPDATE`
  if (!session?.isShared) return stop(refuse('not-shared'))
  if (session.wrong >= MOST_ON_TABLET)
    return stop(refuse('rate-limited', { retryAfterMs: session.restMs }))
  await tx.$executeRaw`
    UPDATE sessions SET wrong_pins = ${session.wrong + 1},
           wrong_pins_since = CASE WHEN ${session.wrong} = 0 THEN now() ELSE wrong_pins_since END
     WHERE id = ${sessionId}::uuid`
}

/**
 * Counts a try as a wrong one before it is judged, so that no number of tries at once is judged
 * beyond the limit; a right one is given back. Locks the person's role, their tries, the session.
 */
function takeTry(proving: Proving): Promise<Result<Tried, TryRefusal>> {
  const { restaurantId, accountId } = proving
  return runTransaction<Tried, TryRefusal>(async (tx, stop) => {
    const member = { restaurantId, accountId }
    if (!(await lockStaffRole(tx, member)) || !(await isMember(tx, member)))
      return stop(refuse('not-found'))
    const tries = await lockTries(tx, proving)
    if (tries.isLocked) return stop(refuse('pin-locked'))
    if (tries.waitMs > 0) return stop(refuse('rate-limited', { retryAfterMs: tries.waitMs }))
    const wrong = tries.wrong + 1
    const waitMinutes = pinWaitMinutes(wrong)
    await tx.$executeRaw`
      UPDATE pin_tries SET wrong = ${wrong},
             wait_until = CASE WHEN ${waitMinutes}::integer > 0
                               THEN clock_timestamp() + ${waitMinutes}::integer * interval '1 minute' END
       WHERE restaurant_id = ${restaurantId}::uuid AND account_id = ${accountId}::uuid`
    await countOnTablet(tx, { ...proving, stop })
    return { stored: (await findPin(tx, member))?.stored ?? null, wrong }
  })
}

/** A PIN that was never judged was no try. */
async function takeBackTry({
  restaurantId,
  accountId,
  tablet: { sessionId },
}: Proving): Promise<void> {
  await pool.query(
    `WITH tries AS (
       UPDATE pin_tries SET wrong = greatest(wrong - 1, 0), wait_until = NULL
        WHERE restaurant_id = $1 AND account_id = $2)
     UPDATE sessions SET wrong_pins = greatest(wrong_pins - 1, 0) WHERE id = $3`,
    [restaurantId, accountId, sessionId],
  )
}

async function giveBack(tx: Transaction, { tablet, ...proving }: Proving): Promise<void> {
  const { restaurantId, accountId } = proving
  await tx.pinTries.deleteMany({ where: { restaurantId, accountId } })
  await tx.$executeRaw`
    UPDATE sessions SET wrong_pins = greatest(wrong_pins - 1, 0) WHERE id = ${tablet.sessionId}::uuid`
}

/** After the last wrong PIN: locks it, and tells its person. */
async function lockPin({ restaurantId, accountId }: Proving): Promise<void> {
  await runTransaction(async (tx) => {
    await lockStaffRole(tx, { accountId, restaurantId })
    const locked = await tx.$executeRaw`
      UPDATE pin_tries SET locked_at = now()
       WHERE restaurant_id = ${restaurantId}::uuid AND account_id = ${accountId}::uuid AND locked_at IS NULL`
    if (locked === 0) return
    const on = { subject: 'STAFF', subjectId: accountId, restaurantId } as const
    const event = await recordAct(tx, { ...on, act: 'LOCK_PIN', to: 'LOCKED', actor: SERVICE })
    const [account, restaurant] = await Promise.all([
      tx.account.findUniqueOrThrow({ where: { id: accountId } }),
      tx.restaurant.findUniqueOrThrow({ where: { id: restaurantId } }),
    ])
    await queueAccountMail(tx, {
      eventId: event.id,
      kind: 'PIN_LOCKED',
      account,
      recipient: account.email,
      payload: { restaurantName: restaurant.name },
    })
  })
}

type ProofRefusal = TryRefusal | 'wrong-pin' | 'pin-must-change' | 'pin-guessable' | 'busy'

/**
 * A member of staff says by their PIN that they act on a shared tablet from now on. A PIN that an
 * owner gave them is exchanged for `newPin` at once. Refuses `not-shared` where the session is not a
 * shared tablet's, `not-found` for people who don't work there (and to tablets of others),
 * `wrong-pin` (also without a PIN, and after as long), `rate-limited`, `pin-locked`,
 * `pin-must-change`, `pin-guessable` and `busy`.
 */
export async function proveAuthor({
  pin,
  newPin,
  ...proving
}: Proving & { pin: string; newPin?: string | undefined }): Promise<
  Result<ProvenAuthor, ProofRefusal>
> {
  const { restaurantId, tablet } = proving
  if (!(await readStaffRole({ accountId: tablet.accountId, restaurantId })))
    return refuse('not-found')
  const tried = await takeTry(proving)
  if (!tried.ok) return tried
  const { stored, wrong } = tried.value
  const judged = await judgeInTurn({ stored, secret: pin })
  if (!judged.ok) {
    await takeBackTry(proving)
    return judged
  }
  if (!judged.value) {
    if (locksPin(wrong)) await lockPin(proving)
    return refuse('wrong-pin')
  }
  const hashed = newPin === undefined ? succeed(null) : await hashInTurn(newPin)
  if (!hashed.ok) return hashed
  return openAuthor({ ...proving, stored, newPin, hash: hashed.value })
}

/**
 * Writes the proof of a right PIN and gives the try back. Locks the person's role, their PIN and
 * tries, then the session. A refusal of another PIN than a new one keeps the proof from being
 * written, not the try from being given back.
 */
async function openAuthor({
  stored,
  newPin,
  hash,
  ...proving
}: Proving & { stored: string | null; newPin: string | undefined; hash: string | null }): Promise<
  Result<ProvenAuthor, ProofRefusal>
> {
  const { restaurantId, accountId, tablet } = proving
  const member = { restaurantId, accountId }
  const done = await runTransaction<Result<ProvenAuthor, ProofRefusal>, ProofRefusal>(
    async (tx, stop) => {
      const role = await lockStaffRole(tx, member)
      if (role === null) return stop(refuse('not-found'))
      const present = await findPin(tx, member)
      // Another was set while this one was judged.
      if (present === null || present.stored !== stored) return stop(refuse('wrong-pin'))
      await giveBack(tx, proving)
      if (present.isOneTime && newPin === undefined) return refuse('pin-must-change')
      const account = await tx.account.findUniqueOrThrow({ where: { id: accountId } })
      if (newPin !== undefined && isGuessablePin({ pin: newPin, phone: account.phone }))
        return refuse('pin-guessable')
      if (hash !== null) await writePin(tx, { ...member, hash, isOneTime: false })
      const author = await insertAuthor(tx, proving)
      const on = { subject: 'STAFF', subjectId: accountId, restaurantId } as const
      const actor = { accountId, role, address: tablet.address }
      if (hash !== null) await recordAct(tx, { ...on, act: 'SET_PIN', to: 'SET', actor })
      await recordAct(tx, { ...on, act: 'ENTER_PIN', to: 'ACTS', actor })
      return succeed({ ...author, accountId, name: account.name })
    },
  )
  return done.ok ? done.value : done
}

/** Ones of more than a day ago go: no act still waits under them. */
async function insertAuthor(
  tx: Transaction,
  { restaurantId, accountId, tablet: { sessionId } }: Proving,
): Promise<Pick<ProvenAuthor, 'token' | 'actsUntil'>> {
  await tx.$executeRaw`
    DELETE FROM tablet_authors
     WHERE session_id = ${sessionId}::uuid AND proved_at < now() - interval '1 day'`
  const [author] = await tx.$queryRaw<{ id: string; actsUntil: string }[]>`
    INSERT INTO tablet_authors (session_id, restaurant_id, account_id)
    VALUES (${sessionId}::uuid, ${restaurantId}::uuid, ${accountId}::uuid)
    RETURNING id, (SELECT iso_instant(now() + r.author_minutes * interval '1 minute')
                     FROM restaurants r WHERE r.id = restaurant_id) AS "actsUntil"`
  if (!author) throw new Error('the author was not written')
  return { token: signLink({ kind: 'author', id: author.id }), actsUntil: author.actsUntil }
}

export type FoundAuthor = Omit<AccountClaims, 'awaitsApproval'> & {
  restaurantId: string
  /** On this tablet, and not too long ago. */
  isFresh: boolean
}

/**
 * The author of an act on a shared tablet, as they are now, and notes that they act. `actedAt` is the
 * instant of an act that waited for the network; null: it is sent as it is made. Null: they are no
 * longer on the staff, or have another PIN.
 */
export async function findAuthor({
  id,
  sessionId,
  actedAt,
}: {
  id: string
  sessionId: string
  actedAt: Date | null
}): Promise<FoundAuthor | null> {
  const { rows } = await pool.query<FoundAuthor>(
    `WITH author AS (
       SELECT t.id, t.restaurant_id, a.id AS account_id, a.email, a.name, a.role, a.locale, a.session_epoch,
              t.session_id = $2
                AND CASE WHEN $3::timestamptz < now() - interval '30 seconds'
                         THEN $3::timestamptz > t.proved_at - interval '1 minute'
                          AND now() < t.proved_at + $4::integer * interval '1 hour'
                         ELSE now() < t.acted_at + r.author_minutes * interval '1 minute' END AS is_fresh
         FROM tablet_authors t
         JOIN restaurants r ON r.id = t.restaurant_id AND r.deleted_at IS NULL
         JOIN accounts a ON a.id = t.account_id
         JOIN restaurant_staff s ON s.restaurant_id = t.restaurant_id AND s.account_id = t.account_id
        WHERE t.id = $1 AND acting_role(a.role, a.owner_approved_at, s.role) IS NOT NULL),
     acted AS (
       UPDATE tablet_authors t
          SET acted_at = greatest(t.acted_at, least(now(), coalesce($3::timestamptz, now())))
         FROM author WHERE t.id = author.id AND author.is_fresh)
     SELECT account_id AS "accountId", email, name, role, locale, session_epoch AS epoch,
            restaurant_id AS "restaurantId", is_fresh AS "isFresh"
       FROM author`,
    [id, sessionId, actedAt, WAITING_ACT_HOURS],
  )
  return rows[0] ?? null
}
