import { writeToOutbox } from '@/lib/db/outbox'
import type { Transaction } from '@/lib/db/transaction'

/**
 * The kinds of mail about an account. This room may not import the one that sends, so it leaves an
 * outbox row.
 */
export type AccountNoticeKind =
  | 'CONFIRM_ADDRESS'
  | 'SIGN_IN_LINK'
  | 'RESET_PASSWORD'
  | 'ALREADY_REGISTERED'
  | 'CHANGE_ADDRESS'
  | 'ADDRESS_CHANGED'
  | 'PROOF_CODE'
  | 'PASSWORD_CHANGED'
  | 'LOGIN_CONNECTED'
  | 'PASSKEY_ADDED'
  | 'PASSKEY_REMOVED'
  | 'PASSKEY_NOT_NEEDED'
  | 'PASSKEY_LOST'
  | 'PIN_LOCKED'
  | 'OWNER_APPROVED'
  | 'OWNER_REFUSED'
  | 'OWNER_WITHDRAWN'

/** Queues one mail about an account, in the caller's transaction. */
export async function queueAccountMail(
  tx: Transaction,
  notice: {
    eventId: string
    kind: AccountNoticeKind
    account: { id: string; name: string; locale: string }
    recipient: string
    /** The address the mail is about. Absent: the recipient's. */
    email?: string
    /** The mail's subject. Absent: the account. */
    subjectId?: string
    payload?: Record<string, unknown>
  },
): Promise<void> {
  const { eventId, kind, account, recipient, email = recipient, payload } = notice
  await writeToOutbox(tx, {
    eventId,
    kind,
    subjectId: notice.subjectId ?? account.id,
    accountId: account.id,
    recipient,
    locale: account.locale,
    payload: { accountName: account.name, email, ...payload },
  })
}
