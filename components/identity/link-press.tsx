'use client'

import { Button } from '@/components/ui/button'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { changeAddressByLink } from '@/domain/identity/account.actions'
import {
  confirmAddressByLink,
  enterByLink,
  keepPasskeyByLink,
  undoAddressByLink,
} from '@/domain/identity/link.actions'
import { type Locale, localisePath } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { useEntry } from './use-entry'

const acts = {
  CONFIRM_ADDRESS: confirmAddressByLink,
  SIGN_IN: enterByLink,
  CHANGE_ADDRESS: changeAddressByLink,
  UNDO_ADDRESS: undoAddressByLink,
  KEEP_PASSKEY: keepPasskeyByLink,
}

/** Nothing happens before this press: mail scanners open links but press no buttons. */
export function LinkPress({
  token,
  purpose,
  locale,
  said,
  failed,
}: {
  token: string
  purpose: keyof typeof acts
  locale: Locale
  said: { submit: string; working: string }
  failed: Messages['access']['failed']
}) {
  const returnPath = localisePath({ path: `/links/${token}`, locale })
  const { run, isRunning, refusal } = useEntry({ failed, returnPath, locale })
  // A fresh load lets the page and its header show the outcome, or what comes next.
  const press = () =>
    run<{ token: string } | null>(
      () => acts[purpose]({ token, locale }),
      (next) => {
        if (next === null) window.location.reload()
        else window.location.assign(localisePath({ path: `/links/${next.token}`, locale }))
      },
    )
  return (
    <div className="flex flex-col gap-5">
      <LiveArea className="empty:hidden">
        {refusal && <StatusMessage tone="refusal" title={refusal.words} />}
      </LiveArea>
      <Button size="large" isWide disabled={isRunning} onClick={press}>
        {isRunning ? said.working : said.submit}
      </Button>
    </div>
  )
}
