import { actAsAdmin } from '@/domain/identity/admin.commands'
import type { AdminActor } from '@/domain/identity/admin.schema'
import { recordAct } from '@/domain/identity/audit.commands'
import { samples } from '@/emails/samples'
import type { Locale } from '@/lib/i18n/locale'
import { queueMail } from './outbox.commands'
import type { MailedKind } from './types'

/**
 * Queues one mail with sample data to the admin who asks, by the same path as any mail. Refuses
 * `not-found` to a caller who is not an admin. Locks the admin's account.
 */
export function sendSample({
  kind,
  language,
  actor,
}: {
  kind: MailedKind
  language: Locale
  actor: AdminActor
}) {
  const { accountId } = actor
  return actAsAdmin({
    actor,
    work: async (tx) => {
      const { email } = await tx.account.findUniqueOrThrow({ where: { id: accountId } })
      const { id: eventId } = await recordAct(tx, {
        subject: 'ACCOUNT',
        subjectId: accountId,
        actor: { ...actor, role: 'ADMIN' },
        act: 'SEND_SAMPLE',
        to: kind,
      })
      await queueMail(tx, {
        eventId,
        kind,
        accountId,
        recipient: email,
        locale: language,
        // The event's id names no real subject: no status overtakes the mail, and it delays no
        // other.
        subjectId: eventId,
        payload: samples[kind],
      })
      return { email }
    },
  })
}
