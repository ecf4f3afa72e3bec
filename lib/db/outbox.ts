import type { Prisma } from '@/prisma/generated/client'

/** What the outbox keeps of one mail; `payload` is a snapshot of what was true when it was written. */
export type OutboxRow = {
  /** The audit event it tells of. */
  eventId: string
  kind: string
  /** What it is about: notices of one subject to one address go out in their order. */
  subjectId: string
  /** Null: whoever is told has no account. */
  accountId: string | null
  recipient: string
  locale: string
  payload: Record<string, unknown>
  restaurantId?: string
}

/** Records one mail in the caller's transaction (G16). Any room may write; one room sends. */
export async function writeToOutbox(tx: Prisma.TransactionClient, row: OutboxRow): Promise<void> {
  const { eventId, kind, subjectId, accountId, recipient, locale, restaurantId = null } = row
  await tx.$executeRaw`
    INSERT INTO notices (event_id, kind, account_id, restaurant_id, subject_id, recipient, locale, payload)
    VALUES (${eventId}::uuid, ${kind}, ${accountId}::uuid, ${restaurantId}::uuid, ${subjectId}::uuid,
            ${recipient}, ${locale}, ${JSON.stringify(row.payload)}::jsonb)`
}

// One per process, however many bundles and reloads carry a copy of this file.
const held = globalThis as typeof globalThis & { bobjoolOutboxSender?: () => Promise<void> }

/** Says who sends; told once, when the process starts. */
export function answerOutboxBell(send: () => Promise<void>): void {
  held.bobjoolOutboxSender = send
}

/**
 * For `after()`, in rooms that come before the one that sends: something was committed to the outbox.
 * Never rejects; where nobody answers, the mail leaves with the next drain.
 */
export async function ringOutboxBell(): Promise<void> {
  await held.bobjoolOutboxSender?.()
}
