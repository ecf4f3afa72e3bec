import { pool } from '@/lib/db/database'
import { maskEmail, readerOf, stateOf } from './invitation.rules'
import type { Invitation, InvitationReader, OpenInvitation, StaffMember } from './staff.schema'

/** Members and open invitations together, so that one page holds them all. */
export const MOST_STAFF = 100

/** Owners first, then by name. Never more than `MOST_STAFF`. */
export async function listStaff(restaurantId: string): Promise<StaffMember[]> {
  const { rows } = await pool.query<StaffMember>(
    `SELECT s.account_id AS "accountId", a.name, a.email, s.role::text AS role,
            s.role = 'OWNER' AND a.role <> 'ADMIN'
              AND (a.role <> 'OWNER' OR a.owner_approved_at IS NULL) AS "isWaiting"
       FROM restaurant_staff s JOIN accounts a ON a.id = s.account_id
      WHERE s.restaurant_id = $1
      ORDER BY s.role, a.name COLLATE "C", a.id LIMIT ${MOST_STAFF}`,
    [restaurantId],
  )
  return rows
}

/** Newest first; expired ones are marked as such until they are revoked or renewed. */
export async function listInvitations(restaurantId: string): Promise<OpenInvitation[]> {
  const { rows } = await pool.query<OpenInvitation>(
    `SELECT id, email, role::text AS role, expires_at AS "expiresAt", expires_at <= now() AS "isExpired"
       FROM staff_invitations
      WHERE restaurant_id = $1 AND accepted_at IS NULL AND revoked_at IS NULL
      ORDER BY created_at DESC, id LIMIT ${MOST_STAFF}`,
    [restaurantId],
  )
  return rows
}

type InvitationRow = Omit<Invitation, 'state' | 'maskedEmail'> & {
  email: string
  isAccepted: boolean
  isRevoked: boolean
  isExpired: boolean
  account: NonNullable<Parameters<typeof readerOf>[0]['account']> | null
}

/**
 * An invitation for the holder of its link, and what it means to the account that reads it.
 * `accountId` null: not signed in. Changes nothing. Null: there is none, or its restaurant is gone.
 */
export async function findInvitation({
  id,
  accountId,
}: {
  id: string
  accountId: string | null
}): Promise<{ invitation: Invitation; reader: InvitationReader } | null> {
  const { rows } = await pool.query<InvitationRow>(
    `SELECT i.id, i.email, i.role::text AS role, i.expires_at AS "expiresAt",
            i.accepted_at IS NOT NULL AS "isAccepted", i.revoked_at IS NOT NULL AS "isRevoked",
            i.expires_at <= now() AS "isExpired", by.name AS "inviterName",
            jsonb_build_object('slug', r.slug, 'name', r.name, 'nameEn', r.name_en,
                               'timeZone', r.time_zone) AS restaurant,
            CASE WHEN a.id IS NOT NULL THEN jsonb_build_object(
              'email', a.email, 'isConfirmed', a.email_confirmed_at IS NOT NULL, 'role', a.role,
              'isApproved', a.owner_approved_at IS NOT NULL, 'worksHere', s.account_id IS NOT NULL
            ) END AS account
       FROM staff_invitations i
       JOIN restaurants r ON r.id = i.restaurant_id AND r.deleted_at IS NULL
       LEFT JOIN accounts by ON by.id = i.invited_by
       LEFT JOIN accounts a ON a.id = $2
       LEFT JOIN restaurant_staff s ON s.restaurant_id = r.id AND s.account_id = a.id
      WHERE i.id = $1`,
    [id, accountId],
  )
  const [row] = rows
  if (!row) return null
  const { email, isAccepted, isRevoked, isExpired, account, ...shown } = row
  return {
    invitation: {
      ...shown,
      state: stateOf({ isAccepted, isRevoked, isExpired }),
      maskedEmail: maskEmail(email),
    },
    reader: readerOf({ role: row.role, invitedEmail: email, account }),
  }
}
