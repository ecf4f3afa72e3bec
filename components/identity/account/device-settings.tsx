'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { LiveArea } from '@/components/ui/status-message'
import { useAction } from '@/components/ui/use-action'
import { fillIn } from '@/components/ui/words'
import { signOutDevice, signOutEverywhere } from '@/domain/identity/session.actions'
import type { OwnSession } from '@/domain/identity/types'
import { describeDevice } from '@/lib/http/browser'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { DoneNote, SettingGroup } from './setting'

type Words = Messages['account']['page']

/**
 * The devices on which the account is signed in. Ending one needs no question, because signing in
 * again restores it.
 */
export function DeviceSettings({
  sessions,
  locale,
  words,
}: {
  sessions: OwnSession[]
  locale: Locale
  words: Words
}) {
  const { run, isRunning, refusal } = useAction({ failed: words.failed })
  const [done, setDone] = useState<string>()
  const endAll = () => {
    setDone(undefined)
    run(
      () => signOutEverywhere({ locale }),
      () => setDone(words.sessionsEnded),
    )
  }
  const end = ({ id, device }: { id: string; device: string }) => {
    setDone(undefined)
    run(
      () => signOutDevice({ sessionId: id, locale }),
      () => setDone(fillIn(words.deviceEnded, { device })),
    )
  }
  return (
    <SettingGroup title={words.devices}>
      <p className="p-4 text-quiet">{words.devicesText}</p>
      {sessions.map((session) => (
        <Device
          key={session.id}
          session={session}
          locale={locale}
          words={words}
          isRunning={isRunning}
          onEnd={end}
        />
      ))}
      <div className="flex flex-col gap-3 p-4">
        <Button tone="outline" onClick={endAll} disabled={isRunning} isWide>
          {isRunning ? words.endingSessions : words.endSessions}
        </Button>
        <DoneNote text={done} />
        <LiveArea className="text-15 font-medium text-refusal empty:hidden">
          {refusal?.words}
        </LiveArea>
      </div>
    </SettingGroup>
  )
}

function Device({
  session: { id, isThis, hoursAgo, ...session },
  locale,
  words,
  isRunning,
  onEnd,
}: {
  session: OwnSession
  locale: Locale
  words: Words
  isRunning: boolean
  onEnd: (ended: { id: string; device: string }) => void
}) {
  const device = describeDevice({ ...session, locale })
  return (
    <div className="flex items-center justify-between gap-4 p-4">
      <div className="min-w-0">
        <p className="font-medium wrap-anywhere">{device}</p>
        <p className="text-15 text-quiet">
          {isThis ? words.deviceThis : nameLastUse({ hoursAgo, words })}
        </p>
      </div>
      {!isThis && (
        <Button
          tone="outline"
          className="shrink-0"
          aria-label={fillIn(words.deviceEndLabel, { device })}
          disabled={isRunning}
          onClick={() => onEnd({ id, device })}
        >
          {words.deviceEnd}
        </Button>
      )}
    </div>
  )
}

function nameLastUse({ hoursAgo, words }: { hoursAgo: number; words: Words }): string {
  if (hoursAgo < 1) return words.deviceSeenNow
  if (hoursAgo < 24) return fillIn(words.deviceSeenHours, { hours: hoursAgo })
  return fillIn(words.deviceSeenDays, { days: Math.floor(hoursAgo / 24) })
}
