import type { Prisma } from '@/prisma/generated/client'

/**
 * One mail in the outbox; `payload` keeps what is promised. Address, language, names and contact
 * facts are read anew when it is sent.
 */
export type OutboxRow = {
  /** The audit event it reports. */
  eventId: string
  kind: string
  /** Its subject: notices about one subject to one address go out in order. */
  subjectId: string
  /** Null: the recipient has no account. */
  accountId: string | null
  recipient: string
  locale: string
  payload: Record<string, unknown>
  restaurantId?: string
}

/** Records one mail in the caller's transaction (G16). Any room may write; only one room sends. */
export async function writeToOutbox(tx: Prisma.TransactionClient, row: OutboxRow): Promise<void> {
  const { eventId, kind, subjectId, accountId, recipient, locale, restaurantId = null } = row
  await tx.$executeRaw`
    INSERT INTO notices (event_id, kind, account_id, restaurant_id, subject_id, recipient, locale, payload)
    VALUES (${eventId}::uuid, ${kind}, ${accountId}::uuid, ${restaurantId}::uuid, ${subjectId}::uuid,
            ${recipient}, ${locale}, ${JSON.stringify(row.payload)}::jsonb)`
}

// One per process, however many bundles and reloads carry a copy of this file.
const held = globalThis as typeof globalThis & { bobjoolOutboxSender?: OutboxSender }

interface OutboxSender {
  send: () => Promise<void>
  /** False: it is about to send in any case, or can't. */
  isDue: () => boolean
}

/** Registers the sender, once, when the process starts. */
export function answerOutboxBell(sender: OutboxSender): void {
  held.bobjoolOutboxSender = sender
}

/**
 * For `after()`, in rooms that may not import the one that sends: reports that something was
 * committed to the outbox. Never rejects. Without a registered sender the mail leaves with the next
 * drain.
 */
export async function ringOutboxBell(): Promise<void> {
  await held.bobjoolOutboxSender?.send()
}

/** The same for busy routes: leaves nothing to `later`, which is `after`, where it would do nothing. */
export function ringOutboxBellLater(later: (work: () => Promise<void>) => void): void {
  if (held.bobjoolOutboxSender?.isDue()) later(ringOutboxBell)
}
