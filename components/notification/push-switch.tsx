'use client'

import { OutsideOffer, useLackingApp } from '@/components/ui/outside-offer'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { Switch } from '@/components/ui/switch'
import type { DeviceState } from '@/domain/notification/subscription.schema'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { usePush } from './use-push'

/**
 * Turns notices on this phone on or off. It asks the browser for permission only after a tap. Where
 * push is unavailable it says what to do instead.
 */
export function PushSwitch({
  push,
  ticket = null,
  locale,
  words,
}: {
  push: DeviceState
  /** The address of a guest's ticket. Null: the switch is for the signed-in account. */
  ticket?: string | null
  locale: Locale
  words: Messages['notice']['push'] & { inApp: Messages['shell']['inApp'] }
}) {
  const inApp = useLackingApp('push')
  const { ability, isOn, isBroken, isRunning, refusal, turnOn, turnOff } = usePush({
    push,
    ticket,
    locale,
    words,
  })
  if (push.publicKey && inApp)
    return <OutsideOffer inApp={inApp} need="push" locale={locale} words={words.inApp} />
  if (!push.publicKey || ability === 'none')
    return <Unable title={words.device} text={words.unable} />
  if (ability === 'install') return <Unable title={words.device} text={words.install} />
  if (ability === 'denied') return <Unable title={words.device} text={words.denied} />
  return (
    <div className="flex flex-col gap-3">
      <Switch
        label={words.device}
        hint={isOn ? words.on : words.off}
        isOn={isOn}
        isBusy={isRunning || ability === 'unknown'}
        onChange={(wanted) => void (wanted ? turnOn() : turnOff())}
      />
      <LiveArea className="empty:hidden">
        {(refusal || isBroken) && (
          <StatusMessage tone="refusal" title={refusal?.words ?? words.broken} />
        )}
      </LiveArea>
    </div>
  )
}

function Unable({ title, text }: { title: string; text: string }) {
  return (
    <div className="flex flex-col gap-1">
      <p className="font-semibold">{title}</p>
      <p className="text-15 text-quiet">{text}</p>
    </div>
  )
}
