import { readBytes } from '@/lib/crypto/passkey'
import { loadPrisma, pool } from '@/lib/db/database'
import { ADMIN_TIME_ZONE } from '@/lib/i18n/admin-time-zone'
import { RECOVERY_DAYS, RECOVERY_HOURS } from './passkey.rules'
import type { OwnPasskey } from './types'

type Bytes = Uint8Array<ArrayBuffer>

/** A person's own passkeys, the oldest first. */
export async function listPasskeys(accountId: string): Promise<OwnPasskey[]> {
  const { rows } = await pool.query<OwnPasskey>(
    `SELECT id, name, (created_at AT TIME ZONE $2)::date::text AS "createdDate",
            (last_used_at AT TIME ZONE $2)::date::text AS "lastUsedDate"
       FROM passkeys WHERE account_id = $1 ORDER BY created_at, id`,
    [accountId, ADMIN_TIME_ZONE],
  )
  return rows
}

/** What a browser is told of an account's passkeys, to offer one or to make no second one. */
export async function listCredentials(
  accountId: string,
): Promise<{ credentialId: Bytes; transports: string[] }[]> {
  const prisma = await loadPrisma()
  return prisma.passkey.findMany({
    where: { accountId },
    select: { credentialId: true, transports: true },
    orderBy: { createdAt: 'asc' },
  })
}

/** A passkey by what its authenticator calls it, with its account's handle. Null: unknown. */
export async function findPasskey(credentialId: Bytes) {
  const prisma = await loadPrisma()
  const found = await prisma.passkey.findUnique({
    where: { credentialId },
    include: { account: { select: { passkeyHandle: true } } },
  })
  return found && { ...found, handle: found.account.passkeyHandle }
}

/** Where an account stands whose person has lost their passkeys. Null: nobody says so of late. */
export async function findRecovery(
  accountId: string,
): Promise<{ /** ISO 8601. */ readyAt: string; isReady: boolean } | null> {
  const { rows } = await pool.query<{ readyAt: string; isReady: boolean }>(
    `SELECT iso_instant(passkey_lost_at + $2::integer * interval '1 hour') AS "readyAt",
            passkey_lost_at <= now() - $2::integer * interval '1 hour' AS "isReady"
       FROM accounts
      WHERE id = $1 AND needs_passkey AND passkey_lost_at >= now() - $3::integer * interval '1 day'`,
    [accountId, RECOVERY_HOURS, RECOVERY_DAYS],
  )
  return rows[0] ?? null
}

/**
 * The newest challenge by which this browser may show its second factor, and whose it is. Null: no
 * first factor was shown here of late.
 */
export async function findSecondFactor(
  browserId: string,
): Promise<{ challenge: Bytes; accountId: string } | null> {
  const { rows } = await pool.query<{ challenge: string; accountId: string }>(
    `SELECT encode(c.challenge, 'base64') AS challenge, a.id AS "accountId"
       FROM passkey_challenges c JOIN accounts a ON a.id = c.account_id
      WHERE c.browser_id = $1 AND c.purpose = 'SECOND_FACTOR' AND c.expires_at > now()
      ORDER BY c.expires_at DESC LIMIT 1`,
    [browserId],
  )
  const [found] = rows
  return found ? { ...found, challenge: readBytes(found.challenge) } : null
}
