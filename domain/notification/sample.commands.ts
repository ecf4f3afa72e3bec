import { actAsAdmin } from '@/domain/identity/admin.commands'
import type { AdminActor } from '@/domain/identity/admin.schema'
import { recordAct } from '@/domain/identity/audit.commands'
import { samples } from '@/emails/samples'
import type { Locale } from '@/lib/i18n/locale'
import { queueMail } from './outbox.commands'
import type { MailedKind } from './types'

/**
 * Queues one mail with sample data to the admin who asks, on the way every mail goes. Refuses
 * `not-found` to who is no admin. Locks the admin's account.
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
        // Nothing that is so: no status overtakes it, and it keeps nothing else waiting.
        subjectId: eventId,
        payload: samples[kind],
      })
      return { email }
    },
  })
}
