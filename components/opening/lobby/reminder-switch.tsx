'use client'

import { useState } from 'react'
import {
  describeSubscription,
  findSubscription,
  type PushAbility,
  readAbility,
  subscribe,
} from '@/components/notification/push-browser'
import { OrOutside } from '@/components/ui/outside-offer'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { Switch } from '@/components/ui/switch'
import { fillIn } from '@/components/ui/words'
import { turnOnPush } from '@/domain/notification/subscription.actions'
import { askForReminder, askForTurnReminder } from '@/domain/opening/reminder.actions'
import { findReminderMs } from '@/domain/opening/reminder.rules'
import type { Opening } from '@/domain/opening/schema'
import type { Locale } from '@/lib/i18n/locale'
import { tellMoment } from '@/lib/i18n/moment'
import { useReminder } from './use-reminder'
import type { Told } from './words'

type Asked = Told & { opening: Opening; timeZone: string }

/** Before the lobby opens: to be told ten minutes before the opening, or as the lobby opens. */
export function OpeningReminder({ opening, timeZone, locale, words: { remind: words } }: Asked) {
  const openingId = opening.id
  const reminder = useReminder({
    openingId,
    about: 'OPENING',
    ask: () => askForReminder({ openingId, locale }),
    locale,
    words,
  })
  const at = findReminderMs(opening)
  const time = tellMoment({ at, timeZone, locale, beside: opening.serviceDate })
  return (
    <ReminderSwitch
      label={words.opening}
      hint={fillIn(reminder.isOn ? words.openingOn : words.openingOff, { time })}
      {...reminder}
    />
  )
}

/** For who has entered: to be told by push, a minute before the turn. */
export function TurnReminder({
  pushKey,
  ...asked
}: Asked & {
  /** Null: the operator has not set up push. */
  pushKey: string | null
}) {
  // Only shown once the page lives: nothing is moved by what comes a moment later.
  const [ability, setAbility] = useState<PushAbility>(readAbility)
  const { remind: words, inApp } = asked.words
  if (pushKey === null || ability === 'none') return null
  if (ability !== 'ready')
    return (
      <p className="text-15 text-balance text-quiet">
        {ability === 'denied' ? words.denied : words.install}
      </p>
    )
  return (
    <OrOutside need="push" locale={asked.locale} words={inApp}>
      <TurnSwitch
        {...asked}
        subscribeHere={async () => {
          const subscription = await takeSubscription(pushKey)
          setAbility(readAbility())
          return subscription
        }}
      />
    </OrOutside>
  )
}

function TurnSwitch({
  opening: { id: openingId },
  subscribeHere,
  locale,
  words: { remind: words },
}: Asked & { subscribeHere: () => ReturnType<typeof takeSubscription> }) {
  const [isBroken, setIsBroken] = useState(false)
  const reminder = useReminder({
    openingId,
    about: 'TURN',
    ask: async () => {
      setIsBroken(false)
      const device = await subscribeHere()
      if (device === 'broken') setIsBroken(true)
      return device && device !== 'broken' ? askOnDevice({ openingId, device, locale }) : null
    },
    locale,
    words,
  })
  return (
    <ReminderSwitch
      label={words.turn}
      hint={reminder.isOn ? words.turnOn : words.turnOff}
      isBroken={isBroken ? words.broken : null}
      {...reminder}
    />
  )
}

type DeviceKeys = NonNullable<ReturnType<typeof describeSubscription>>

/** Null: its user said no. */
async function takeSubscription(pushKey: string): Promise<DeviceKeys | 'broken' | null> {
  try {
    const isAllowed = Notification.permission === 'granted'
    const subscription = (isAllowed && (await findSubscription())) || (await subscribe(pushKey))
    return subscription && (describeSubscription(subscription) ?? 'broken')
  } catch {
    return 'broken'
  }
}

async function askOnDevice({
  openingId,
  device,
  locale,
}: {
  openingId: string
  device: DeviceKeys
  locale: Locale
}) {
  const added = await turnOnPush({ ...device, locale })
  return added.ok ? askForTurnReminder({ openingId, locale }) : added
}

function ReminderSwitch({
  label,
  hint,
  isOn,
  isBusy,
  refusal,
  isBroken = null,
  turnOn,
  turnOff,
}: {
  label: string
  hint: string /** In words. Null: it is not. */
  isBroken?: string | null
} & Pick<ReturnType<typeof useReminder>, 'isOn' | 'isBusy' | 'refusal' | 'turnOn' | 'turnOff'>) {
  return (
    <div className="flex flex-col gap-3">
      <Switch
        label={label}
        hint={hint}
        isOn={isOn}
        isBusy={isBusy}
        onChange={(wanted) => (wanted ? turnOn() : turnOff())}
      />
      <LiveArea className="empty:hidden">
        {(refusal || isBroken) && (
          <StatusMessage tone="refusal" title={refusal?.words ?? isBroken ?? ''} />
        )}
      </LiveArea>
    </div>
  )
}
