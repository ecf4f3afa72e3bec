import { recordAct } from '@/domain/identity/audit.commands'
import { type KeyRefusal, runOnce } from '@/domain/identity/idempotency.commands'
import { runTransaction, type Stop, type Transaction } from '@/lib/db/transaction'
import { type Result, refuse } from '@/lib/problems/result'
import { lockActorKind } from './actor.commands'
import type { Disputed } from './dispute.schema'
import { judgeDecision, judgeDispute } from './no-show.rules'
import type { Actor, ReservationStatus } from './types'

type Locked = {
  restaurantId: string
  status: ReservationStatus
  serviceDate: string
  /** The restaurant's service date at this instant. */
  today: string
  isDisputed: boolean
  granted: boolean | null
}

/** Locks the reservation alone: no slot changes with a dispute. */
async function lockNoShow(tx: Transaction, reservationId: string): Promise<Locked | null> {
  const [found] = await tx.$queryRaw<Locked[]>`
    SELECT v.restaurant_id AS "restaurantId", v.status::text AS status, v.service_date::text AS "serviceDate",
           service_date_at(now(), r.time_zone, r.day_cut_minutes)::text AS today,
           v.disputed_at IS NOT NULL AS "isDisputed", v.dispute_granted AS granted
      FROM reservations v JOIN restaurants r ON r.id = v.restaurant_id
     WHERE v.id = ${reservationId}::uuid FOR UPDATE OF v`
  return found ?? null
}

/** Mails the owners that a dispute waits. It names nobody and repeats no word; the page does. */
async function tellOwners(
  tx: Transaction,
  { reservationId, eventId }: { reservationId: string; eventId: string },
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO notices (event_id, kind, account_id, restaurant_id, subject_id, recipient, locale, payload)
    SELECT ${eventId}::uuid, 'NO_SHOW_DISPUTED', a.id, r.id, v.id, a.email, a.locale, jsonb_build_object(
             'serviceDate', v.service_date, 'startsAt', iso_instant(v.starts_at), 'partySize', v.party_size,
             'restaurant', jsonb_build_object('slug', r.slug, 'name', r.name, 'nameEn', r.name_en, 'timeZone', r.time_zone))
      FROM reservations v JOIN restaurants r ON r.id = v.restaurant_id
      JOIN restaurant_staff w ON w.restaurant_id = r.id AND w.role = 'OWNER'
      JOIN accounts a ON a.id = w.account_id AND a.email_confirmed_at IS NOT NULL AND a.owner_approved_at IS NOT NULL
     WHERE v.id = ${reservationId}::uuid`
}

type Asking = {
  reservationId: string
  actor: Actor
  /** The actor's idempotency key for this request. Null: it won't be repeated. */
  key?: string | null
}

type DisputeRefusal =
  | 'not-found'
  | 'not-a-no-show'
  | 'already-disputed'
  | 'dispute-closed'
  | KeyRefusal

/**
 * A diner says that a reservation of theirs is no no-show, once, within 14 days of its service date; its
 * restaurant's owners are mailed. The no-show counts until the dispute is granted. Locks the
 * reservation.
 *
 * Refuses `not-found` (also for other people's reservations), `not-a-no-show` with the present status,
 * `already-disputed`, `dispute-closed` with the last date, and `in-progress` and `key-reused` on account
 * of the key.
 */
export async function disputeNoShow({
  reservationId,
  text,
  actor,
  key = null,
}: Asking & { text: string }): Promise<Result<Disputed, DisputeRefusal>> {
  return runTransaction(async (tx, stop: Stop<DisputeRefusal>) => {
    const by = await lockActorKind(tx, { reservationId, actor, scope: 'diner' })
    if (!by) return stop(refuse('not-found'))
    const answer = async () => {
      const found = await lockNoShow(tx, reservationId)
      if (!found) return stop(refuse('not-found'))
      const judged = judgeDispute(found)
      if (!judged.ok) return stop(judged)
      await tx.$executeRaw`
        UPDATE reservations SET disputed_at = now(), dispute_text = ${text} WHERE id = ${reservationId}::uuid`
      const { id: eventId } = await recordAct(tx, {
        subject: 'RESERVATION',
        subjectId: reservationId,
        restaurantId: found.restaurantId,
        actor: { ...actor, role: by },
        act: 'DISPUTE',
        from: 'NO_SHOW',
        to: 'NO_SHOW',
      })
      await tellOwners(tx, { reservationId, eventId })
      return { id: reservationId, granted: null }
    }
    const asker = { accountId: actor.accountId }
    const request = { reservationId, act: 'DISPUTE', text }
    return runOnce<Disputed>(tx, { asker, key, request, stop, answer })
  })
}

type DecisionRefusal =
  | 'not-found'
  | 'not-a-no-show'
  | 'not-disputed'
  | 'dispute-decided'
  | KeyRefusal

/**
 * Staff or an admin decide a dispute, once; its diner is told. Granted, the no-show counts no more from
 * this commit on; the record of the day stays. Locks the role at the restaurant, then the reservation.
 *
 * Refuses `not-found` to everyone else, `not-a-no-show` with the present status where staff have
 * corrected it meanwhile, `not-disputed`, `dispute-decided` with what was decided, and `in-progress` and
 * `key-reused` on account of the key.
 */
export async function decideDispute({
  reservationId,
  grant,
  actor,
  key = null,
}: Asking & { grant: boolean }): Promise<Result<Disputed, DecisionRefusal>> {
  return runTransaction(async (tx, stop: Stop<DecisionRefusal>) => {
    const by = await lockActorKind(tx, { reservationId, actor, scope: 'staff' })
    if (!by) return stop(refuse('not-found'))
    const answer = async () => {
      const found = await lockNoShow(tx, reservationId)
      if (!found) return stop(refuse('not-found'))
      const judged = judgeDecision(found)
      if (!judged.ok) return stop(judged)
      await tx.$executeRaw`
        UPDATE reservations SET dispute_decided_at = now(), dispute_granted = ${grant} WHERE id = ${reservationId}::uuid`
      const { id: eventId } = await recordAct(tx, {
        subject: 'RESERVATION',
        subjectId: reservationId,
        restaurantId: found.restaurantId,
        actor: { ...actor, role: by },
        act: 'DECIDE_DISPUTE',
        from: 'NO_SHOW',
        to: 'NO_SHOW',
        details: { granted: grant },
      })
      const kind = grant ? 'RESERVATION_DISPUTE_GRANTED' : 'RESERVATION_DISPUTE_DECLINED'
      await tx.$executeRaw`
        SELECT queue_reservation_notice(${reservationId}::uuid, ${eventId}::uuid, ${kind}, now())`
      return { id: reservationId, granted: grant }
    }
    const asker = { accountId: actor.accountId }
    const request = { reservationId, act: 'DECIDE_DISPUTE', grant }
    return runOnce<Disputed>(tx, { asker, key, request, stop, answer })
  })
}
