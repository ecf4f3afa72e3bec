import type { Locator, Page } from 'playwright-core'
import { pool } from '@/lib/db/database'
import { panelOf } from './owner-scene'
import { shareSession } from './pin-scene'

/** The dialog that asks who acts, and for their PIN. */
export const authorDialogOf = (page: Page): Locator =>
  panelOf(page).filter({ hasText: /누가 하나요|PIN/ })

/** A PIN by the keys. */
export async function pressPin(page: Page, pin: string): Promise<void> {
  const dialog = authorDialogOf(page)
  for (const digit of pin) await dialog.getByRole('button', { name: digit, exact: true }).click()
  await dialog.getByRole('button', { name: '확인', exact: true }).click()
}

/** Says who acts, by two taps and the keys. */
export async function sayWho(
  page: Page,
  { name, pin }: { name: string; pin: string },
): Promise<void> {
  await authorDialogOf(page)
    .getByRole('button', { name: new RegExp(`^${name}`) })
    .click()
  await pressPin(page, pin)
}

export const waitForActing = (page: Page, { name }: { name: string }): Promise<void> =>
  page.getByRole('button', { name: `지금: ${name}` }).waitFor()

/** The device is shared, and its own person has not just proved who they are. */
export async function shareDevice({ sessionId }: { sessionId: string }): Promise<void> {
  await shareSession(sessionId)
  await pool.query('UPDATE sessions SET proof = NULL, proved_at = NULL WHERE id = $1', [sessionId])
}

/** Who did what to a reservation on a shared tablet: '한서우 SEAT'. */
export async function listTabletActs(reservationId: string): Promise<string[]> {
  const { rows } = await pool.query<{ said: string }>(
    `SELECT a.name || ' ' || e.act AS said FROM audit_events e JOIN accounts a ON a.id = e.actor_id
      WHERE e.subject_id = $1 AND e.tablet_id IS NOT NULL ORDER BY e.at`,
    [reservationId],
  )
  return rows.map(({ said }) => said)
}
