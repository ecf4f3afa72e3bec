'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { useAction } from '@/components/ui/use-action'
import { fillIn } from '@/components/ui/words'
import { inviteToStaff, revokeStaffInvitation } from '@/domain/restaurant/staff.actions'
import type { OpenInvitation } from '@/domain/restaurant/staff.schema'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { nameMoment } from '@/lib/i18n/moment'

/** Open invitations, each with buttons to send it again or to withdraw it. */
export function InvitationList({
  restaurantId,
  invitations,
  timeZone,
  locale,
  words,
}: {
  restaurantId: string
  invitations: OpenInvitation[]
  timeZone: string
  locale: Locale
  words: Messages['settings']['staff']
}) {
  const [wish, setWish] = useState<OpenInvitation | null>(null)
  const [told, setTold] = useState<string | null>(null)
  const { run, isRunning, refusal } = useAction({ failed: words.failed })
  const sendAgain = ({ email, role }: OpenInvitation) => {
    setTold(null)
    run(
      () => inviteToStaff({ restaurantId, email, role, locale }),
      () => setTold(fillIn(words.sent, { email })),
    )
  }
  const revoke = ({ id: invitationId }: OpenInvitation) => {
    setTold(null)
    run(
      () => revokeStaffInvitation({ restaurantId, invitationId, locale }),
      () => {
        setWish(null)
        setTold(words.revoked)
      },
    )
  }
  const describeEnd = ({ expiresAt: at, isExpired }: OpenInvitation) => {
    if (isExpired) return words.expired
    return fillIn(words.until, { time: nameMoment({ at, timeZone, locale }) })
  }
  return (
    <div className="flex flex-col gap-3">
      <LiveArea className="empty:hidden">
        {told && <StatusMessage tone="confirmed" title={told} />}
        {refusal && !wish && <StatusMessage tone="refusal" title={refusal.words} />}
      </LiveArea>
      {invitations.length === 0 && <p className="text-quiet">{words.noneOpen}</p>}
      {invitations.length > 0 && (
        <ul className="flex flex-col divide-y divide-line rounded-card border border-line bg-raised">
          {invitations.map((invitation) => (
            <li key={invitation.id} className="flex flex-col gap-2 p-4">
              <span className="flex flex-col">
                <span className="font-semibold">{invitation.email}</span>
                <span
                  className={invitation.isExpired ? 'text-15 text-waiting' : 'text-15 text-quiet'}
                >
                  {words[invitation.role]} · {describeEnd(invitation)}
                </span>
              </span>
              <span className="-ml-4 flex flex-wrap">
                <Button
                  tone="quiet"
                  aria-disabled={isRunning}
                  onClick={() => {
                    if (!isRunning) sendAgain(invitation)
                  }}
                  aria-label={`${invitation.email}: ${words.again}`}
                >
                  {words.again}
                </Button>
                <Button
                  tone="quiet"
                  className="text-refusal"
                  onClick={() => setWish(invitation)}
                  aria-label={`${invitation.email}: ${words.revoke}`}
                >
                  {words.revoke}
                </Button>
              </span>
            </li>
          ))}
        </ul>
      )}
      <ConfirmDialog
        isOpen={wish !== null}
        title={fillIn(words.revokeTitle, { email: wish?.email ?? '' })}
        confirm={isRunning ? words.working : words.revoke}
        cancel={words.cancel}
        closeLabel={words.close}
        isRunning={isRunning}
        refusal={refusal?.words}
        onConfirm={() => wish && revoke(wish)}
        onClose={() => setWish(null)}
      >
        {words.revokeText}
      </ConfirmDialog>
    </div>
  )
}
