import { runTransaction } from '@/lib/db/transaction'
import type { Locale } from '@/lib/i18n/locale'
import { type Result, refuse } from '@/lib/problems/result'
import { isSlackHook } from '@/lib/push/notice-origin'
import { readStaffRole } from './queries'
import type { StaffActor } from './types'

/**
 * An owner (or an admin) connects the restaurant to Slack, or takes it away (`url` null). The trail keeps that they
 * did, never the address. Refuses `not-found` to who is no owner here, `slack-address` for anything
 * but a webhook of Slack's. Locks the hook's row.
 */
export async function setSlackHook({
  restaurantId,
  url,
  locale,
  actor: { accountId, address },
}: {
  restaurantId: string
  url: string | null
  locale: Locale
  actor: StaffActor
}): Promise<Result<{ isOn: boolean }>> {
  const role = await readStaffRole({ accountId, restaurantId })
  if (role !== 'OWNER' && role !== 'ADMIN') return refuse('not-found')
  if (url !== null && !isSlackHook(url))
    return refuse('slack-address', { fields: [{ field: 'url', code: 'custom' }] })
  return runTransaction(async (tx) => {
    if (url === null)
      await tx.$executeRaw`DELETE FROM slack_hooks WHERE restaurant_id = ${restaurantId}::uuid`
    else
      await tx.$executeRaw`
        INSERT INTO slack_hooks (restaurant_id, url, locale) VALUES (${restaurantId}::uuid, ${url}, ${locale})
        ON CONFLICT (restaurant_id) DO UPDATE
           SET url = excluded.url, locale = excluded.locale, set_at = now(), refused_at = NULL, refusal = NULL`
    const act = url === null ? 'SLACK_OFF' : 'SLACK_ON'
    await tx.$executeRaw`
      INSERT INTO audit_events (actor_id, actor_role, address, restaurant_id, subject, subject_id, act, to_status)
      VALUES (${accountId}::uuid, ${role}, ${address}, ${restaurantId}::uuid, 'RESTAURANT', ${restaurantId}::uuid, ${act}, 'SET')`
    return { isOn: url !== null }
  })
}
