import { setTimeout as sleep } from 'node:timers/promises'
import { listPublicKeys } from '@/lib/crypto/receipt'
import { pool } from '@/lib/db/database'
import { classifyDatabaseError, databaseErrorCode } from '@/lib/db/database-error'
import { type OutboxRow, writeToOutbox } from '@/lib/db/outbox'
import type { Locale } from '@/lib/i18n/locale'
import { log } from '@/lib/log'
import type { Prisma } from '@/prisma/generated/client'
import { accountOf, factsOf, NOTHING_EARLIER_WAITS } from './outbox.queries'
import { decideBackOffMs } from './rules'
import {
  type ClaimedNotice,
  CROWD_URGENCY,
  type MailedKind,
  NO_CHANNEL_YET,
  type NoticeChannel,
  type NoticeOutcome,
  noticeChannels,
} from './types'

/** With more workers than this claiming at the same instant, the last may find its batch taken. */
const CLAIMERS_AT_ONCE = 4

/**
 * Due notices, lane by lane. Lanes with anything queued are found by skipping through the index
 * from one to the next, and each is read only up to its share, so a lane of ten thousand costs as
 * much as a lane of ten. The first of every lane comes before the second of any (fairness), and
 * urgent notices come before all less urgent ones (priority). A crowd's notices are in no lane of
 * the others, nor the others in its own.
 */
const inTurn = ({ isCrowd }: Pick<Claim, 'isCrowd'>) => `
  WITH RECURSIVE lanes AS (
    (SELECT urgency, channel, lane FROM notices WHERE state = 'QUEUED' AND urgency ${isCrowd ? '=' : '<'} ${CROWD_URGENCY}
      ORDER BY urgency, channel, lane LIMIT 1)
    UNION ALL
    SELECT following.* FROM lanes CROSS JOIN LATERAL (
      SELECT f.urgency, f.channel, f.lane FROM notices f
       WHERE f.state = 'QUEUED' AND f.urgency ${isCrowd ? '=' : '<'} ${CROWD_URGENCY} AND (f.urgency, f.channel, f.lane) > (lanes.urgency, lanes.channel, lanes.lane)
       ORDER BY f.urgency, f.channel, f.lane LIMIT 1) following),
  open_lanes AS MATERIALIZED (SELECT * FROM lanes WHERE channel = ANY ($2::text[])),
  in_turn AS (
    SELECT w.id, lanes.urgency, row_number() OVER (PARTITION BY lanes.urgency, lanes.channel, lanes.lane ORDER BY w.due_at, w.ordinal) AS turn,
           w.due_at, w.ordinal
      FROM open_lanes AS lanes CROSS JOIN (SELECT count(*) AS lanes FROM open_lanes) AS counted CROSS JOIN LATERAL (
        SELECT n.id, n.due_at, n.ordinal FROM notices n
         WHERE n.state = 'QUEUED' AND n.urgency = lanes.urgency AND n.channel = lanes.channel AND n.lane = lanes.lane AND n.due_at <= now()
           AND (n.lease_until IS NULL OR n.lease_until <= now()) AND ${NOTHING_EARLIER_WAITS}
         ORDER BY n.due_at, n.ordinal LIMIT greatest($1 * ${CLAIMERS_AT_ONCE} / counted.lanes, $1 / 2 + 1)) w
     ORDER BY urgency, turn, due_at, ordinal LIMIT $1 * ${CLAIMERS_AT_ONCE}),
  next AS (
    SELECT n.id, coalesce(n.event_id, n.id) AS event_id, n.kind, n.channel, ${accountOf('n')} AS account_id, n.restaurant_id, n.subject_id, n.recipient, n.locale, n.payload,
           n.attempts, t.urgency, t.turn, t.due_at, t.ordinal
      FROM in_turn t JOIN notices n ON n.id = t.id
     WHERE n.state::text = 'QUEUED' AND (n.lease_until IS NULL OR n.lease_until <= now())
       AND ($3::uuid IS NULL OR n.id = $3)
     ORDER BY t.urgency, t.turn, t.due_at, t.ordinal
     LIMIT $1
       FOR UPDATE OF n SKIP LOCKED)`

/**
 * Notes that a key signs the links of the mails that are about to go out, at most once an hour: a
 * reservation that is younger than its last hour has no link of it. Part of a statement.
 */
const NOTE_SIGNING = `signing AS (
  INSERT INTO auth_keys (key_id, public_key, last_signed_at)
  SELECT $6, $7, now() WHERE NOT EXISTS (
    SELECT FROM auth_keys k WHERE k.key_id = $6 AND k.last_signed_at > now() - interval '1 hour')
  ON CONFLICT (key_id) DO UPDATE SET last_signed_at = now())`

/** What else comes of a booking's notice than its mail, which `judged` is about to become. */
const FAN_OUT = `fan_out_notice(
  p_event => judged.event_id, p_kind => n.kind, p_account => judged.account_id, p_restaurant => n.restaurant_id, p_subject => n.subject_id,
  p_recipient => n.recipient, p_locale => n.locale, p_promised => judged.promised, p_ordinal => n.ordinal,
  p_queued_at => n.queued_at, p_give_up_at => n.give_up_at)`

/**
 * Claims up to `limit` due notices of `channels` for this worker, in one statement that is its own
 * transaction. Locks them only for that instant and skips those another worker is claiming; after
 * that the lease, judged by the database's clock, keeps other workers away. An expired lease (its
 * worker died) is taken over. The attempt is counted at the claim, so that a notice that kills its
 * worker is noticed. Each attempt writes address, language and facts into the row as they are now,
 * so the row of a sent notice is what was sent. A notice that is no longer true, or has no reader
 * any more, is dropped with its reason, one whose act staff may still undo waits until they can't,
 * and an address that refuses mail is tried only when a person is waiting for that mail: `dropped`
 * and `settling` count the notices held back. A booking's notice becomes its mail, and what else comes
 * of it is made in the same statement; while mail is closed it waits as a mail. One whose account is being
 * deleted is left alone, because its deletion wants this notice next.
 */
export async function claimNotices({
  channels = noticeChannels,
  isCrowd = false,
  ...asked
}: Omit<Claim, 'channels' | 'isCrowd' | 'only'> & {
  channels?: readonly NoticeChannel[]
  isCrowd?: boolean
}): Promise<Claimed> {
  const claim: Claim = { ...asked, isCrowd, channels: [...channels, NO_CHANNEL_YET], only: null }
  try {
    return await takeBatch(claim)
  } catch (error) {
    if (!canBeOfOneNotice(error)) throw error
    return takeOneByOne(claim)
  }
}

type Claim = {
  limit: number
  leaseToken: string
  leaseMs: number
  channels: readonly (NoticeChannel | typeof NO_CHANNEL_YET)[]
  /** True: only what a crowd is told. False: everything else. */
  isCrowd: boolean
  /** One notice, if it is among the next. Null: any. */
  only: string | null
}

type Claimed = {
  notices: ClaimedNotice[]
  dropped: number
  settling: number
  /** Whether other channels' messages came of them, which are due at once. */
  bringsMore: boolean
}

/** Class 42: no function, no right. That is the statement's own, whatever it claims. */
const canBeOfOneNotice = (error: unknown): boolean =>
  classifyDatabaseError(error) === 'bug' && !databaseErrorCode(error)?.startsWith('42')

/**
 * A notice that makes the statement fail would stop all others for good. It waits, as one that could not
 * be sent, and is dead after a day, visibly; the others of its batch are claimed.
 */
async function takeOneByOne(claim: Claim): Promise<Claimed> {
  const { rows } = await pool.query<{ id: string; attempts: number }>(
    `${inTurn(claim)} SELECT id, attempts FROM next`,
    [claim.limit, claim.channels, null],
  )
  const all: Claimed = { notices: [], dropped: 0, settling: 0, bringsMore: false }
  for (const { id, attempts } of rows) {
    try {
      const { notices, dropped, settling, bringsMore } = await takeBatch({ ...claim, only: id })
      all.notices.push(...notices)
      all.dropped += dropped
      all.settling += settling
      all.bringsMore ||= bringsMore
    } catch (error) {
      if (!canBeOfOneNotice(error)) throw error
      log.error({ noticeId: id, error }, 'notice could not be claimed')
      await pool.query(
        `UPDATE notices n
            SET attempts = attempts + 1, last_error = 'unexpected', due_at = now() + $2 * interval '1 millisecond',
                state = CASE WHEN give_up_at <= now() THEN 'DEAD' ELSE state END, lease_token = NULL, lease_until = NULL,
                event_id = CASE WHEN give_up_at <= now() THEN coalesce(n.event_id, n.id) ELSE n.event_id END,
                account_id = CASE WHEN give_up_at <= now() THEN ${accountOf('n')} ELSE n.account_id END
          WHERE id = $1 AND state = 'QUEUED' AND (lease_until IS NULL OR lease_until <= now())`,
        [id, decideBackOffMs({ attempts: attempts + 1, jitter: Math.random() })],
      )
      all.settling += 1
    }
  }
  return all
}

async function takeBatch({
  limit,
  leaseToken,
  leaseMs,
  channels,
  isCrowd,
  only,
}: Claim): Promise<Claimed> {
  const [key] = listPublicKeys()
  const { rows } = await pool.query<
    ClaimedNotice & { because: string | null; bringsMore: boolean }
  >(
    `${inTurn({ isCrowd })},
     ${NOTE_SIGNING},
     judged AS MATERIALIZED (
       SELECT next.id, next.event_id, next.account_id, next.urgency, next.turn, next.due_at, next.ordinal, facts.recipient, facts.locale, facts.payload,
              next.channel = '${NO_CHANNEL_YET}' AS is_booking, next.payload AS promised, coalesce(
                CASE WHEN next.channel = '${NO_CHANNEL_YET}' AND NOT try_keep_account(next.account_id) THEN 'settling' END,
                notice_overtaken_by(next.kind, next.subject_id),
                CASE WHEN facts.recipient IS NULL THEN 'no_reader'
                     WHEN next.channel IN ('MAIL', '${NO_CHANNEL_YET}') AND next.urgency > 0 AND is_mail_refused(facts.recipient) THEN 'refused'
                     WHEN next.channel = '${NO_CHANNEL_YET}' AND 'MAIL' <> ALL ($2::text[]) THEN 'away' END) AS because
         FROM next CROSS JOIN LATERAL ${factsOf('next')} AS facts),
     done AS (
       UPDATE notices n
          SET channel = CASE WHEN is_booking AND because IS DISTINCT FROM 'settling' THEN 'MAIL' ELSE n.channel END,
              event_id = CASE WHEN because IS DISTINCT FROM 'settling' THEN judged.event_id ELSE n.event_id END,
              account_id = CASE WHEN because IS DISTINCT FROM 'settling' THEN judged.account_id ELSE n.account_id END,
              routed_because = CASE WHEN is_booking AND (because IS NULL OR because IN ('refused', 'no_reader', 'away')) THEN ${FAN_OUT} ELSE n.routed_because END,
              state = CASE WHEN because = 'refused' THEN 'DEAD' WHEN because NOT IN ('settling', 'away') THEN 'DROPPED' ELSE n.state END,
              dropped_because = CASE WHEN because NOT IN ('settling', 'away', 'refused') THEN because END,
              last_error = CASE WHEN because = 'refused' THEN 'the address refuses mail' ELSE n.last_error END,
              due_at = CASE WHEN because = 'settling' THEN now() + interval '2 seconds' ELSE n.due_at END,
              recipient = coalesce(CASE WHEN because IS NULL OR because = 'refused' THEN judged.recipient END, n.recipient),
              locale = CASE WHEN because IS NULL THEN judged.locale ELSE n.locale END,
              payload = CASE WHEN because IS NULL OR (is_booking AND because <> 'settling') THEN judged.payload ELSE n.payload END,
              attempts = n.attempts + CASE WHEN because IS NULL THEN 1 ELSE 0 END,
              lease_token = CASE WHEN because IS NULL THEN $4::uuid END,
              lease_until = CASE WHEN because IS NULL THEN now() + $5 * interval '1 millisecond' END
         FROM judged
        WHERE n.id = judged.id
       RETURNING judged.urgency, judged.turn, judged.due_at, judged.ordinal, because, n.id, n.event_id, n.kind, n.channel,
                 n.account_id, n.restaurant_id, n.subject_id, n.recipient, n.locale, n.payload, n.attempts,
                 n.queued_at, n.last_error, n.give_up_at <= now() AS is_overdue, is_booking AND n.routed_because = 'kept' AS is_pushed, is_booking),
     ${tellTrouble(`SELECT event_id, restaurant_id, subject_id, kind, recipient, last_error FROM done WHERE because = 'refused'`)}
     SELECT id, kind, channel, urgency, recipient, locale, payload, attempts, queued_at AS "queuedAt",
            last_error AS "lastError", is_overdue AS "isOverdue", restaurant_id AS "restaurantId",
            because,
            CASE WHEN channel = 'PUSH' THEN ARRAY(
              SELECT jsonb_build_object('id', s.id, 'table', s.of, 'endpoint', s.endpoint, 'p256dh', s.p256dh, 'auth', s.auth)
                FROM (SELECT 'push_subscriptions' AS of, id, endpoint, p256dh, auth, created_at FROM push_subscriptions
                       WHERE account_id = done.account_id
                      UNION ALL
                      SELECT 'guest_devices', id, endpoint, p256dh, auth, created_at FROM guest_devices
                       WHERE ticket_id = done.subject_id AND done.account_id IS NULL) AS s
               ORDER BY s.created_at)
              ELSE '{}' END AS devices,
            CASE WHEN channel = 'SLACK' THEN (
              SELECT jsonb_build_object('url', h.url, 'setAt', iso_instant(h.set_at)) FROM slack_hooks h
               WHERE h.restaurant_id = done.restaurant_id AND h.refused_at IS NULL) END AS hook,
            is_pushed OR (is_booking AND EXISTS (
              SELECT FROM slack_hooks h WHERE h.restaurant_id = done.restaurant_id AND h.refused_at IS NULL)) AS "bringsMore"
       FROM done ORDER BY urgency, turn, due_at, ordinal`,
    [limit, channels, only, leaseToken, leaseMs, key?.id, key?.publicKey],
  )
  const notices = rows.filter(({ because }) => because === null)
  const settling = rows.filter(({ because }) => because === 'settling' || because === 'away').length
  const dropped = rows.length - notices.length - settling
  return { notices, dropped, settling, bringsMore: rows.some((row) => row.bringsMore) }
}

/** Records one mail of a known kind in the caller's transaction (G16). */
export async function queueMail(
  tx: Prisma.TransactionClient,
  notice: Omit<OutboxRow, 'kind' | 'locale'> & { kind: MailedKind; locale: Locale },
): Promise<void> {
  await writeToOutbox(tx, notice)
}

/** A lost answer would send accepted mails again, so recording is retried. */
const RECORDING_PAUSES_MS = [200, 1_000]

/**
 * Records the outcomes of claimed notices in one statement, where this worker still holds the
 * lease: a worker that took over an expired lease is not overruled. Repeating it changes nothing.
 */
export async function recordOutcomes({
  leaseToken,
  outcomes,
}: {
  leaseToken: string
  outcomes: NoticeOutcome[]
}): Promise<void> {
  if (outcomes.length === 0) return
  for (const pauseMs of RECORDING_PAUSES_MS) {
    try {
      return await writeOutcomes({ leaseToken, outcomes })
    } catch {
      await sleep(pauseMs)
    }
  }
  return writeOutcomes({ leaseToken, outcomes })
}

async function writeOutcomes({
  leaseToken,
  outcomes,
}: {
  leaseToken: string
  outcomes: NoticeOutcome[]
}): Promise<void> {
  await pool.query(
    `WITH told AS (
       SELECT * FROM unnest($2::uuid[], $3::text[], $4::text[], $5::int[], $6::text[]) AS o (id, outcome, error, back_off_ms, because)),
     written AS (
       UPDATE notices n
          SET state = CASE
                WHEN o.outcome = 'sent' THEN 'SENT'::notice_state
                WHEN o.outcome = 'dead' OR (o.outcome = 'retry' AND n.give_up_at <= now()) THEN 'DEAD'
                WHEN o.outcome = 'rerouted' AND ${IS_MAILED_TOO} THEN 'DROPPED'
                ELSE n.state END,
              channel = CASE WHEN o.outcome = 'rerouted' AND NOT ${IS_MAILED_TOO} THEN 'MAIL' ELSE n.channel END,
              routed_because = coalesce(o.because, n.routed_because),
              dropped_because = CASE WHEN o.outcome = 'rerouted' AND ${IS_MAILED_TOO} THEN 'mailed' END,
              sent_at = CASE WHEN o.outcome = 'sent' THEN now() END,
              due_at = CASE
                WHEN o.outcome IN ('retry', 'untried') THEN now() + o.back_off_ms * interval '1 millisecond'
                ELSE n.due_at END,
              attempts = CASE o.outcome WHEN 'untried' THEN n.attempts - 1 WHEN 'rerouted' THEN 0 ELSE n.attempts END,
              last_error = coalesce(o.error, n.last_error),
              lease_token = NULL, lease_until = NULL
         FROM told o
        WHERE n.id = o.id AND n.lease_token = $1
       RETURNING n.event_id, n.restaurant_id, n.subject_id, n.kind, n.channel, n.recipient, n.last_error, n.state),
     forgotten AS (DELETE FROM push_subscriptions WHERE id = ANY ($7::uuid[])),
     forgotten_guests AS (DELETE FROM guest_devices WHERE id = ANY ($7::uuid[])),
     refused AS (
       UPDATE slack_hooks h SET refused_at = now(), refusal = o.refusal
         FROM unnest($8::uuid[], $9::timestamptz[], $10::text[]) AS o (restaurant_id, set_at, refusal)
        WHERE h.restaurant_id = o.restaurant_id AND h.set_at = o.set_at),
     ${tellTrouble(`SELECT event_id, restaurant_id, subject_id, kind, recipient, last_error FROM written WHERE state = 'DEAD' AND channel <> 'SLACK'`)}
     SELECT`,
    [leaseToken, ...toColumns(outcomes)],
  )
}

/** A mail about the same event says the same, so nothing is lost. A condition on `notices n`. */
const IS_MAILED_TOO = `EXISTS (
  SELECT FROM notices m
   WHERE m.event_id = n.event_id AND m.kind = n.kind AND m.channel = 'MAIL'
     AND notice_reader(m.kind, m.account_id, m.recipient) = notice_reader(n.kind, n.account_id, n.recipient))`

/**
 * Tells a restaurant's Slack, where it has one, about notices to its guests that can't be
 * delivered, at most once an hour, because a broken mail server causes many. Part of a statement;
 * `failed` provides the rows.
 */
function tellTrouble(failed: string): string {
  return `troubled AS (
       INSERT INTO notices (event_id, kind, channel, routed_because, restaurant_id, subject_id, recipient, locale, payload)
       SELECT DISTINCT ON (f.restaurant_id) f.event_id, 'DELIVERY_TROUBLE', 'SLACK', 'restaurant', f.restaurant_id, f.restaurant_id, 'slack', h.locale,
              jsonb_build_object('kind', f.kind, 'recipient', coalesce(left(f.recipient, 1) || '…' || substring(f.recipient FROM '@[^@]*$'), f.recipient),
                'error', CASE WHEN f.recipient LIKE '%@%' THEN replace(f.last_error, f.recipient, '…') ELSE f.last_error END, 'restaurant',
                jsonb_build_object('slug', r.slug, 'name', r.name, 'nameEn', r.name_en))
         FROM (${failed}) AS f
         JOIN slack_hooks h ON h.restaurant_id = f.restaurant_id AND h.refused_at IS NULL
         JOIN restaurants r ON r.id = f.restaurant_id
        WHERE NOT EXISTS (
          SELECT FROM notices t WHERE t.subject_id = f.restaurant_id AND t.kind = 'DELIVERY_TROUBLE'
             AND t.queued_at > now() - interval '1 hour')
       ON CONFLICT DO NOTHING)`
}

/** The outcomes as columns, as the statement above takes them. */
function toColumns(outcomes: NoticeOutcome[]) {
  const refused = outcomes.flatMap(({ refusedHook, ...each }) =>
    refusedHook ? [{ ...refusedHook, refusal: ('error' in each && each.error) || 'refused' }] : [],
  )
  return [
    outcomes.map(({ id }) => id),
    outcomes.map(({ outcome }) => outcome),
    outcomes.map((each) => ('error' in each ? each.error : null)),
    outcomes.map((each) => ('backOffMs' in each ? each.backOffMs : 0)),
    outcomes.map((each) => ('because' in each ? each.because : null)),
    outcomes.flatMap(({ goneDeviceIds }) => goneDeviceIds ?? []),
    refused.map(({ restaurantId }) => restaurantId),
    refused.map(({ setAt }) => setAt),
    refused.map(({ refusal }) => refusal),
  ]
}
