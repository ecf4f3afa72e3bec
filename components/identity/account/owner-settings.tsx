'use client'

import { useState } from 'react'
import { Button, styleButton } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { PageLink } from '@/components/ui/page-link'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { useAction } from '@/components/ui/use-action'
import { fillIn } from '@/components/ui/words'
import { askForOwnership } from '@/domain/identity/account.actions'
import type { AccountOverview } from '@/domain/identity/types'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { forgetVisitor } from '../visitor'
import { SettingGroup } from './setting'

type Told = { account: AccountOverview; locale: Locale; words: Messages['account']['page'] }

/** The state of the account's owner application, or the way to apply. */
export function OwnerSettings({ account, locale, words }: Told) {
  const { ownerState } = account
  return (
    <SettingGroup title={words.ownership}>
      <div className="flex flex-col gap-4 p-4">
        {ownerState === 'none' && <p className="text-quiet">{words.ownershipNone}</p>}
        {ownerState === 'waiting' && (
          <StatusMessage tone="waiting" title={words.ownershipWaiting}>
            <p className="text-quiet">{words.ownershipWaitingText}</p>
          </StatusMessage>
        )}
        {ownerState === 'approved' && (
          <StatusMessage
            tone="confirmed"
            title={words.ownershipApproved}
            actions={
              <PageLink href="/owner" locale={locale} className={styleButton({ tone: 'outline' })}>
                {words.ownershipApprovedLink}
              </PageLink>
            }
          />
        )}
        {ownerState === 'refused' && (
          <StatusMessage tone="refusal" title={words.ownershipRefused}>
            <p className="wrap-anywhere whitespace-pre-line text-quiet">
              {fillIn(words.ownershipReason, { reason: account.ownerRefusal ?? '' })}
            </p>
          </StatusMessage>
        )}
        {(ownerState === 'none' || ownerState === 'refused') && (
          <AskForOwnership locale={locale} words={words} isAgain={ownerState === 'refused'} />
        )}
      </div>
    </SettingGroup>
  )
}

function AskForOwnership({ locale, words, isAgain }: Omit<Told, 'account'> & { isAgain: boolean }) {
  const [isAsking, setIsAsking] = useState(false)
  const { run, isRunning, refusal } = useAction({ failed: words.failed })
  const ask = () =>
    run(
      () => askForOwnership({ locale }),
      () => {
        forgetVisitor()
        setIsAsking(false)
      },
    )
  return (
    <>
      <Button tone="outline" onClick={() => setIsAsking(true)} isWide>
        {isAgain ? words.ownershipAgain : words.ownershipAsk}
      </Button>
      <Dialog
        isOpen={isAsking}
        onClose={() => setIsAsking(false)}
        title={words.ownershipConfirm}
        closeLabel={words.close}
        canClose={!isRunning}
      >
        <p>{words.ownershipConfirmText}</p>
        <p className="text-15 text-quiet">{words.ownershipStaffNote}</p>
        <LiveArea className="empty:hidden">
          {refusal && <StatusMessage tone="refusal" title={refusal.words} />}
        </LiveArea>
        <Button onClick={ask} disabled={isRunning} isWide>
          {isRunning ? words.ownershipAsking : words.ownershipAskYes}
        </Button>
      </Dialog>
    </>
  )
}
