import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { actAsAdmin } from '@/domain/identity/admin.commands'
import type { AdminActor } from '@/domain/identity/admin.schema'
import { recordAct } from '@/domain/identity/audit.commands'
import type { AuditActor } from '@/domain/identity/audit.types'
import type { Stop, Transaction } from '@/lib/db/transaction'
import { env } from '@/lib/env'
import { log } from '@/lib/log'
import { hasMailServer, MAIL_CONNECTIONS } from '@/lib/mail/mail'
import { type Mailbox, readMailbox } from '@/lib/mail/mail-address'
import { type Result, refuse } from '@/lib/problems/result'
import { deliverBatch } from './delivery.commands'
import { claimNotices } from './outbox.commands'
import { accountOf, readNextDueMs } from './outbox.queries'
import { decideBatchSize, SMALLEST_BATCH } from './rules'
import { type DrainSummary, NO_CHANNEL_YET, type NoticeChannel, noticeChannels } from './types'

/** Pushes alone, which share no connections. */
const CROWD_BATCH_SIZE = 100
const CROWD_AT_ONCE = 25
const CROWD_LIMIT = 5_000
const LEASE_MS = 60_000
/** Recording takes time too; until it is done no other worker may consider the lease expired. */
const LEASE_MARGIN_MS = 5_000
const SEND_TIMEOUT_MS = 15_000

/**
 * The channels that can send. None without a mail server, because every other channel falls back to
 * mail; notices recorded meanwhile wait until there is one.
 */
const listOpenChannels = (): readonly NoticeChannel[] => (hasMailServer() ? noticeChannels : [])

/**
 * Sends due notices, batch by batch, until none is left, `limit` notices were handled, every
 * channel's server is away, or `deadlineMs` have passed; a send in progress then may take
 * `sendTimeoutMs` more. The next batch starts while the last mails of the previous one are still
 * being answered and recorded. A batch costs one statement to claim and one to record (plus one for
 * every two seconds it lasts), whatever its size. Any number of workers may drain at once. A crowd's
 * notices are sent only by a drain that is for the crowd, and nothing else is. Throws when Postgres is
 * away.
 */
export async function drainOutbox({
  limit = 200,
  deadlineMs = 20_000,
  sendTimeoutMs = SEND_TIMEOUT_MS,
  isCrowd = false,
}: {
  limit?: number
  deadlineMs?: number
  sendTimeoutMs?: number
  isCrowd?: boolean
} = {}): Promise<DrainSummary> {
  const summary: DrainSummary = {
    sent: 0,
    retry: 0,
    dead: 0,
    untried: 0,
    dropped: 0,
    rerouted: 0,
    isServerAway: false,
  }
  const channels = new Set(listOpenChannels())
  // Read first: with an invalid sender, nothing is claimed.
  const sender = readMailbox(env.MAIL_FROM)
  const underWay: Promise<void>[] = []
  try {
    const limits = { limit, deadlineMs, sendTimeoutMs, isCrowd }
    await deliverAll({ ...limits, channels, sender, summary, underWay })
  } finally {
    // Even when one batch fails, the others are awaited.
    await Promise.allSettled(underWay)
  }
  await Promise.all(underWay)
  return summary
}

/** Delivers batch after batch; each one is added to `underWay` when it starts, settled or not. */
async function deliverAll({
  limit,
  deadlineMs,
  sendTimeoutMs,
  isCrowd,
  channels,
  sender,
  summary,
  underWay,
}: {
  limit: number
  deadlineMs: number
  sendTimeoutMs: number
  isCrowd: boolean
  channels: Set<NoticeChannel>
  sender: Mailbox
  summary: DrainSummary
  underWay: Promise<void>[]
}): Promise<void> {
  const endsAtMs = performance.now() + deadlineMs
  const silent = new Set<string>()
  let isAllRecorded = true
  let size = isCrowd ? CROWD_BATCH_SIZE : SMALLEST_BATCH
  for (let left = limit; left > 0 && channels.size > 0 && performance.now() < endsAtMs; ) {
    const leaseToken = randomUUID()
    const recordBeforeMs = performance.now() + LEASE_MS - LEASE_MARGIN_MS
    const most = Math.min(left, size)
    const { notices, dropped, settling, bringsMore } = await claimNotices({
      limit: most,
      leaseToken,
      leaseMs: LEASE_MS,
      channels: [...channels],
      isCrowd,
    })
    const found = notices.length + dropped + settling
    left -= found
    summary.dropped += dropped
    const earlier = underWay.at(-1)
    if (notices.length > 0) {
      const startBeforeMs = Math.min(endsAtMs, recordBeforeMs - sendTimeoutMs)
      const batch = { notices, leaseToken, sender, startBeforeMs, recordBeforeMs, sendTimeoutMs }
      const atOnce = isCrowd ? CROWD_AT_ONCE : MAIL_CONNECTIONS
      const { allBegun, done } = deliverBatch({ ...batch, atOnce, channels, silent, summary })
      // Errors surface when the batch is awaited, one batch later.
      done.catch(() => {})
      underWay.push(done)
      isAllRecorded = false
      const beganMs = performance.now()
      await Promise.all([allBegun, earlier])
      if (!isCrowd) size = decideBatchSize({ size, tookMs: performance.now() - beganMs })
    }
    if (found === most || bringsMore) continue
    // Nothing more was due. Follow-ups of the batches in progress (a mail instead of a push, the
    // next notice about the same subject) become visible once those are recorded.
    if (found === 0 && isAllRecorded) return
    await underWay.at(-1)
    isAllRecorded = true
  }
}

const NUDGE_PAUSE_MS = 1_000
/**
 * The platform may end a request soon after its answer, and a mail cut off there could be sent
 * twice.
 */
const NUDGE_DEADLINE_MS = 8_000
const SERVER_AWAY_PAUSE_MS = 5_000
/** A longer wait is left to the next request or the sweep. */
const LONGEST_WAKE_UP_MS = 10 * 60_000

type Nudges = {
  /** The next drain; every nudge before it starts shares it. */
  next: Promise<void> | null
  running: Promise<void>
  /** What a crowd is told. Null: nobody serves one. */
  crowd: Promise<void> | null
  pauseMs: number
  startedAtMs: number
  wakeUp?: NodeJS.Timeout
}

/** A later room's notices that are written only once they are due. */
export interface NoticeSource {
  /** Queues what is due; returns how many of them go among all others'. */
  fill: () => Promise<{ queued: number }>
  /** Milliseconds until the next is due. Null: none waits. */
  readNextMs: () => Promise<number | null>
}

// One per process, however many bundles and reloads carry a copy of this file.
const held = globalThis as typeof globalThis & {
  bobjoolNudges?: Nudges
  bobjoolNoticeSource?: NoticeSource
}
held.bobjoolNudges ??= {
  next: null,
  running: Promise.resolve(),
  crowd: null,
  pauseMs: 0,
  startedAtMs: Number.NEGATIVE_INFINITY,
}
const nudges = held.bobjoolNudges

/** Registers the source, once, when the process starts. */
export function fillOutboxFrom(source: NoticeSource): void {
  held.bobjoolNoticeSource = source
}

/**
 * Makes sure that a drain starts after this call, at most one a second per process: many nudges
 * share one. Settles when that drain has ended; never rejects. For `after()` and for any passing
 * request. It also schedules its own wake-up for notices due soon (a retry, an act that could be
 * undone).
 */
export function nudgeOutbox(): Promise<void> {
  nudges.next ??= drainNext()
  return nudges.next
}

/** False: a drain is about to start in any case, or nothing can be sent. */
export const isOutboxNudgeDue = (): boolean => nudges.next === null && hasMailServer()

async function drainNext(): Promise<void> {
  await nudges.running
  const waitMs = nudges.startedAtMs + nudges.pauseMs - performance.now()
  if (waitMs > 0) await sleep(waitMs)
  nudges.next = null
  nudges.startedAtMs = performance.now()
  nudges.running = drainQuietly()
  await Promise.all([nudges.running, serveCrowd()])
}

async function drainQuietly(): Promise<void> {
  try {
    const { isServerAway } = await drainOutbox({ deadlineMs: NUDGE_DEADLINE_MS })
    nudges.pauseMs = isServerAway ? SERVER_AWAY_PAUSE_MS : NUDGE_PAUSE_MS
    if (hasMailServer()) planWakeUp(await readNextWakeMs())
  } catch (error) {
    nudges.pauseMs = SERVER_AWAY_PAUSE_MS
    log.warn({ error }, 'outbox not drained')
  }
}

/**
 * Beside the drain, and not awaited by the next one: what 77,000 are told takes longer than a call may
 * wait.
 */
function serveCrowd(): Promise<void> {
  nudges.crowd ??= serveCrowdQuietly().finally(() => {
    nudges.crowd = null
  })
  return nudges.crowd
}

async function serveCrowdQuietly(): Promise<void> {
  try {
    const filled = await held.bobjoolNoticeSource?.fill()
    await drainOutbox({ isCrowd: true, limit: CROWD_LIMIT, deadlineMs: NUDGE_DEADLINE_MS })
    if (filled && filled.queued > 0) void nudgeOutbox()
  } catch (error) {
    log.warn({ error }, 'what a crowd is told not sent')
  }
}

async function readNextWakeMs(): Promise<number | null> {
  const all = await Promise.all([readNextDueMs(), held.bobjoolNoticeSource?.readNextMs() ?? null])
  const known = all.filter((ms) => ms !== null)
  return known.length > 0 ? Math.min(...known) : null
}

function planWakeUp(dueMs: number | null): void {
  clearTimeout(nudges.wakeUp)
  if (dueMs === null || dueMs > LONGEST_WAKE_UP_MS) return
  nudges.wakeUp = setTimeout(() => void nudgeOutbox(), Math.max(dueMs, 0))
  // Lets a script with nothing else to do exit.
  nudges.wakeUp.unref()
}

/**
 * Queues a notice that could not be delivered once more, for another day of attempts, each to the
 * address that its person has by then, in the transaction that has locked the actor's role.
 * `restaurantId` limits the actor to one restaurant's notices; null, for an admin, sets no limit.
 * Stops with `not-found`, and `cannot-move` when the notice is not dead, or when a later notice about
 * the same subject has been sent: a "confirmed" must not arrive after its "cancelled". Locks the
 * notice's row.
 */
export async function queueAgain(
  tx: Transaction,
  {
    noticeId,
    restaurantId,
    actor,
    stop,
  }: {
    noticeId: string
    restaurantId: string | null
    actor: AuditActor
    stop: Stop<'not-found' | 'cannot-move'>
  },
): Promise<{ noticeId: string }> {
  const { Prisma } = await import('@/prisma/generated/client')
  const [found] = await tx.$queryRaw<
    { state: string; isOvertaken: boolean; restaurantId: string | null }[]
  >`
    SELECT n.state::text AS state, n.restaurant_id AS "restaurantId", EXISTS (
             SELECT FROM notices l
              WHERE l.subject_id = n.subject_id AND l.ordinal > n.ordinal
                AND l.channel = CASE n.channel WHEN ${NO_CHANNEL_YET} THEN 'MAIL' ELSE n.channel END
                AND notice_reader(l.kind, l.account_id, l.recipient) = notice_reader(n.kind, ${Prisma.raw(accountOf('n'))}, n.recipient)
                AND (l.state = 'SENT' OR l.lease_token IS NOT NULL)) AS "isOvertaken"
      FROM notices n
     WHERE n.id = ${noticeId}::uuid
       AND (${restaurantId}::uuid IS NULL OR n.restaurant_id = ${restaurantId}::uuid)
       FOR UPDATE`
  if (!found) return stop(refuse('not-found'))
  const { state, isOvertaken } = found
  if (state !== 'DEAD' || isOvertaken) return stop(refuse('cannot-move', { state, isOvertaken }))
  await tx.$executeRaw`
    UPDATE notices
       SET state = 'QUEUED', due_at = now(), attempts = 0, give_up_at = now() + interval '24 hours'
     WHERE id = ${noticeId}::uuid`
  const on = { subject: 'NOTICE', subjectId: noticeId, restaurantId: found.restaurantId } as const
  await recordAct(tx, { ...on, actor, act: 'SEND_AGAIN', from: 'DEAD', to: 'QUEUED' })
  return { noticeId }
}

/**
 * An admin sends any notice again. Refuses as `queueAgain`, and `not-found` to a caller who is not an
 * admin. Locks the admin's account, then the notice's row.
 */
export async function sendNoticeAgain({
  noticeId,
  actor,
}: {
  noticeId: string
  actor: AdminActor
}): Promise<Result<{ noticeId: string }>> {
  return actAsAdmin({
    actor,
    work: (tx, stop) => {
      const by = { ...actor, role: 'ADMIN' } as const
      return queueAgain(tx, { noticeId, restaurantId: null, actor: by, stop })
    },
  })
}
