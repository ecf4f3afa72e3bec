import { recordAct } from '@/domain/identity/audit.commands'
import { requireProof } from '@/domain/identity/proof.commands'
import { queueAgain } from '@/domain/notification/commands'
import { sealSecrets } from '@/lib/crypto/sealed-secret'
import { pool } from '@/lib/db/database'
import { runTransaction } from '@/lib/db/transaction'
import type { Locale } from '@/lib/i18n/locale'
import { type Result, refuse, succeed } from '@/lib/problems/result'
import { isSlackHook } from '@/lib/push/notice-origin'
import { editRestaurant, lockStaffRole } from './commands'
import { readStaffRole } from './queries'
import type { StaffActor } from './types'

type Switching = { restaurantId: string; actor: StaffActor; isOn: boolean }

/**
 * Turns bookings on or off; existing bookings stand, and walk-ins continue. Switching to the same
 * state again changes nothing and leaves a single event. Locks the restaurant's row. Refuses
 * `not-found` to callers other than its approved owners and admins.
 */
export async function switchBookings({
  isOn,
  ...asked
}: Switching): Promise<Result<{ bookingsOn: boolean }>> {
  return editRestaurant({
    ...asked,
    work: async ({ tx, restaurant, record }) => {
      if (restaurant.bookingsOn === isOn) return { bookingsOn: isOn }
      await tx.restaurant.update({ where: { id: restaurant.id }, data: { bookingsOn: isOn } })
      const stateOf = (on: boolean) => (on ? 'BOOKINGS_ON' : 'BOOKINGS_OFF')
      await record({ act: 'SWITCH_BOOKINGS', from: stateOf(!isOn), to: stateOf(isOn) })
      return { bookingsOn: isOn }
    },
  })
}

/**
 * Shows the restaurant to everyone, or to its staff only. Hiding it ends no reservation. Refuses
 * `hidden-by-admin` with the admin's reason: only an admin can show it again. Otherwise as
 * `switchBookings`.
 */
export async function publishRestaurant({
  isOn,
  ...asked
}: Switching): Promise<Result<{ published: boolean }>> {
  return editRestaurant({
    ...asked,
    work: async ({ tx, stop, restaurant, record }) => {
      if (isOn && restaurant.hiddenAt)
        return stop(refuse('hidden-by-admin', { hiddenFor: restaurant.hiddenReason }))
      if (restaurant.published === isOn) return { published: isOn }
      await tx.restaurant.update({ where: { id: restaurant.id }, data: { published: isOn } })
      const stateOf = (on: boolean) => (on ? 'PUBLISHED' : 'UNPUBLISHED')
      const act = isOn ? 'PUBLISH' : 'UNPUBLISH'
      await record({ act, from: stateOf(!isOn), to: stateOf(isOn) })
      return { published: isOn }
    },
  })
}

/**
 * An owner resends a notice of their restaurant. Refuses `not-found` to all other callers and for
 * other restaurants' notices, and as `queueAgain` does.
 */
export async function sendRestaurantNotice({
  restaurantId,
  noticeId,
  actor,
}: {
  restaurantId: string
  noticeId: string
  actor: StaffActor
}): Promise<Result<{ noticeId: string }>> {
  return runTransaction(async (tx, stop) => {
    const role = await lockStaffRole(tx, { ...actor, restaurantId })
    if (role !== 'OWNER' && role !== 'ADMIN') return stop(refuse('not-found'))
    const by = { ...actor, role }
    return queueAgain(tx, { noticeId, restaurantId, actor: by, stop })
  })
}

/**
 * An owner turns their day sheet on or off. It concerns only that owner, so the audit log does not
 * record it. Refuses `not-found` to a caller who is not an approved owner here.
 */
export async function wishDaySheet({
  restaurantId,
  wants,
  actor,
}: {
  restaurantId: string
  wants: boolean
  actor: StaffActor
}): Promise<Result<{ wants: boolean }>> {
  const { accountId } = actor
  if ((await readStaffRole({ accountId, restaurantId })) !== 'OWNER') return refuse('not-found')
  const { rowCount } = await pool.query(
    `UPDATE restaurant_staff SET wants_day_sheet = $3
      WHERE restaurant_id = $1 AND account_id = $2 AND role = 'OWNER'`,
    [restaurantId, accountId, wants],
  )
  return rowCount === 1 ? succeed({ wants }) : refuse('not-found')
}

/**
 * An owner (or an admin) connects the restaurant to Slack, or disconnects it (`url` null). The
 * audit log records that they did, never the URL, which is stored sealed. Refuses `not-found` to a
 * caller who is not an owner here, `slack-address` for anything but a Slack webhook, and as
 * `requireProof`. Locks the staff's role, the session's row, then the hook's.
 */
export async function setSlackHook({
  restaurantId,
  url,
  locale,
  sessionId,
  actor: { accountId, address },
}: {
  restaurantId: string
  url: string | null
  locale: Locale
  sessionId: string | null
  actor: StaffActor
}): Promise<Result<{ isOn: boolean }>> {
  const row = { table: 'slack_hooks', rowId: restaurantId } as const
  const sealed = url === null ? null : sealSecrets({ ...row, secrets: { url } }).url
  return runTransaction(async (tx, stop) => {
    const role = await lockStaffRole(tx, { accountId, restaurantId })
    if (role !== 'OWNER' && role !== 'ADMIN') return stop(refuse('not-found'))
    if (url !== null && !isSlackHook(url))
      return stop(refuse('slack-address', { fields: [{ field: 'url', code: 'custom' }] }))
    await requireProof(tx, { accountId, sessionId, stop })
    if (sealed === null)
      await tx.$executeRaw`DELETE FROM slack_hooks WHERE restaurant_id = ${restaurantId}::uuid`
    else
      await tx.$executeRaw`
        INSERT INTO slack_hooks (restaurant_id, url, locale) VALUES (${restaurantId}::uuid, ${sealed}, ${locale})
        ON CONFLICT (restaurant_id) DO UPDATE
           SET url = excluded.url, locale = excluded.locale, set_at = now(), refused_at = NULL, refusal = NULL`
    await recordAct(tx, {
      subject: 'RESTAURANT',
      subjectId: restaurantId,
      restaurantId,
      actor: { accountId, role, address },
      act: url === null ? 'SLACK_OFF' : 'SLACK_ON',
      to: 'SET',
    })
    return { isOn: url !== null }
  })
}
