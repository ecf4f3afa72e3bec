'use client'

import { useState } from 'react'
import { Button, styleButton } from '@/components/ui/button'
import { PageLink } from '@/components/ui/page-link'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { useAction } from '@/components/ui/use-action'
import { acceptStaffInvitation } from '@/domain/restaurant/staff.actions'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'

/** Opening a mailed link accepts nothing; only this button does. */
export function AcceptInvitation({
  token,
  locale,
  words,
}: {
  token: string
  locale: Locale
  words: Messages['settings']['invitation']
}) {
  const [accepted, setAccepted] = useState<{ slug: string; isWaiting: boolean } | null>(null)
  const { run, isRunning, refusal } = useAction({ failed: words.failed })
  return (
    <div className="flex flex-col gap-4">
      <LiveArea className="empty:hidden">
        {refusal && <StatusMessage tone="refusal" title={refusal.words} />}
        {accepted && (
          <StatusMessage
            tone={accepted.isWaiting ? 'waiting' : 'confirmed'}
            title={accepted.isWaiting ? words.acceptedWaiting : words.accepted}
          />
        )}
      </LiveArea>
      {!accepted && (
        <Button
          size="large"
          isWide
          aria-disabled={isRunning}
          onClick={() => {
            if (!isRunning) run(() => acceptStaffInvitation({ token, locale }), setAccepted)
          }}
        >
          {isRunning ? words.working : words.accept}
        </Button>
      )}
      {accepted && (
        <PageLink
          href={accepted.isWaiting ? '/' : `/owner?restaurant=${accepted.slug}`}
          locale={locale}
          className={styleButton({ size: 'large', isWide: true })}
        >
          {accepted.isWaiting ? words.home : words.board}
        </PageLink>
      )}
    </div>
  )
}
