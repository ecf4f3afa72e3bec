import { randomUUID } from 'node:crypto'
import { actAsAdmin } from '@/domain/identity/admin.commands'
import type { AdminActor } from '@/domain/identity/admin.schema'
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
  const { accountId, address } = actor
  return actAsAdmin({
    actor,
    work: async (tx) => {
      const eventId = randomUUID()
      const { email } = await tx.account.findUniqueOrThrow({ where: { id: accountId } })
      await tx.$executeRaw`
        INSERT INTO audit_events (id, actor_id, actor_role, address, subject, subject_id, act, to_status)
        VALUES (${eventId}::uuid, ${accountId}::uuid, 'ADMIN', ${address}, 'ACCOUNT', ${accountId}::uuid, 'SEND_SAMPLE', ${kind})`
      await queueMail(tx, {
        ...{ eventId, kind, accountId, recipient: email, locale: language },
        // Nothing that is so: no status overtakes it, and it keeps nothing else waiting.
        subjectId: eventId,
        payload: samples[kind],
      })
      return { email }
    },
  })
}
