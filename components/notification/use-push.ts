'use client'

import { useEffect, useState } from 'react'
import { useAction } from '@/components/ui/use-action'
import {
  turnOffGuestPush,
  turnOffPush,
  turnOnGuestPush,
  turnOnPush,
} from '@/domain/notification/subscription.actions'
import type { DeviceState } from '@/domain/notification/subscription.schema'
import type { Locale } from '@/lib/i18n/locale'
import {
  describeSubscription,
  digestEndpoint,
  findSubscription,
  type PushAbility,
  readAbility,
  subscribe,
} from './push-browser'

/** `unknown`: the browser has not been asked yet, as during server rendering. */
type Ability = PushAbility | 'unknown'

/** Whether this browser receives pushes for the person, and the two taps that change it. */
export function usePush({
  push: { publicKey, devices },
  ticket,
  locale,
  words,
}: {
  push: DeviceState
  /** Null: the signed-in account. */
  ticket: string | null
  locale: Locale
  words: { failed: string }
}) {
  const [ability, setAbility] = useState<Ability>('unknown')
  const [isOn, setIsOn] = useState(false)
  const [isBroken, setIsBroken] = useState(false)
  const { run, isRunning, refusal } = useAction(words)
  useEffect(() => {
    setAbility(readAbility())
    void isAmong(devices).then(setIsOn)
  }, [devices])

  const turnOn = async () => {
    setIsBroken(false)
    const subscription = publicKey && (await subscribe(publicKey).catch(() => 'broken' as const))
    setAbility(readAbility())
    if (subscription === 'broken') setIsBroken(true)
    const device = subscription && subscription !== 'broken' && describeSubscription(subscription)
    if (device)
      run(
        () =>
          ticket === null
            ? turnOnPush({ ...device, locale })
            : turnOnGuestPush({ ...device, ticket, locale }),
        () => setIsOn(true),
      )
  }
  const turnOff = async () => {
    const subscription = await findSubscription()
    if (!subscription) return setIsOn(false)
    const { endpoint } = subscription
    // The browser stays subscribed, because another ticket or an account may use the same
    // subscription.
    run(
      () =>
        ticket === null
          ? turnOffPush({ endpoint, locale })
          : turnOffGuestPush({ endpoint, ticket, locale }),
      () => setIsOn(false),
    )
  }
  return { ability, isOn, isBroken, isRunning, refusal, turnOn, turnOff }
}

async function isAmong(devices: string[]): Promise<boolean> {
  const subscription = await findSubscription().catch(() => null)
  return subscription !== null && devices.includes(await digestEndpoint(subscription.endpoint))
}
