import type { Transaction } from '@/lib/db/transaction'

/**
 * Who did something to an account. `accountId` null with `SERVICE`: somebody who isn't signed in, or
 * the service itself. `address` is the network address the platform vouches for, or null.
 */
export type AccountActor = {
  accountId: string | null
  role: 'DINER' | 'OWNER' | 'ADMIN' | 'SERVICE'
  address: string | null
}

/** Records an act upon an account in the caller's transaction; gives the event's id. */
export async function recordAccountAct(
  tx: Transaction,
  event: {
    accountId: string
    actor: AccountActor
    act: string
    /** Absent: it came into being, or the act changes no state. */
    from?: string
    to: string
    details?: Record<string, unknown>
  },
): Promise<string> {
  const { accountId, actor, act, from = null, to } = event
  const details = event.details ? JSON.stringify(event.details) : null
  const [row] = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO audit_events (actor_id, actor_role, address, subject, subject_id, act, from_status, to_status, details)
    VALUES (${actor.accountId}::uuid, ${actor.role}, ${actor.address}, 'ACCOUNT', ${accountId}::uuid,
            ${act}, ${from}, ${to}, ${details}::jsonb) RETURNING id`
  if (!row) throw new Error('the act was not recorded')
  return row.id
}
