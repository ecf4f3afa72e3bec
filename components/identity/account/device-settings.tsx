'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { LiveArea } from '@/components/ui/status-message'
import { useAction } from '@/components/ui/use-action'
import { signOutEverywhere } from '@/domain/identity/session.actions'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { DoneNote, SettingGroup } from './setting'

/** Ends every other session. It needs no question, because signing in again restores one. */
export function DeviceSettings({
  locale,
  words,
}: {
  locale: Locale
  words: Messages['account']['page']
}) {
  const { run, isRunning, refusal } = useAction({ failed: words.failed })
  const [isDone, setIsDone] = useState(false)
  const end = () => {
    setIsDone(false)
    run(
      () => signOutEverywhere({ locale }),
      () => setIsDone(true),
    )
  }
  return (
    <SettingGroup title={words.devices}>
      <div className="flex flex-col gap-3 p-4">
        <p className="text-quiet">{words.devicesText}</p>
        <Button tone="outline" onClick={end} disabled={isRunning} isWide>
          {isRunning ? words.endingSessions : words.endSessions}
        </Button>
        <DoneNote text={isDone ? words.sessionsEnded : undefined} />
        <LiveArea className="text-15 font-medium text-refusal empty:hidden">
          {refusal?.words}
        </LiveArea>
      </div>
    </SettingGroup>
  )
}
