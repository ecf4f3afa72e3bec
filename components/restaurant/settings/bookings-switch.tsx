'use client'

import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { Switch } from '@/components/ui/switch'
import { useAction } from '@/components/ui/use-action'
import { switchOwnBookings } from '@/domain/restaurant/settings.actions'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'

/**
 * Turns bookings on or off. Existing bookings stay and one tap turns it back, so it asks nothing.
 */
export function BookingsSwitch({
  restaurantId,
  isOn,
  isPublic = true,
  locale,
  words,
  onSwitched,
}: {
  restaurantId: string
  isOn: boolean
  /** False: nobody can book yet, whatever this switch says. */
  isPublic?: boolean
  locale: Locale
  words: Pick<Messages['settings']['switches'], 'bookings' | 'failed'>
  /** For a page that does not reload by itself. */
  onSwitched?: (isOn: boolean) => void
}) {
  const whenOn = isPublic ? words.bookings.on : words.bookings.once
  const { run, isRunning, refusal } = useAction({ failed: words.failed })
  const change = (wanted: boolean) =>
    run(
      () => switchOwnBookings({ restaurantId, isOn: wanted, locale }),
      ({ bookingsOn }) => onSwitched?.(bookingsOn),
    )
  return (
    <div className="flex flex-col gap-3">
      <Switch
        label={words.bookings.label}
        hint={isOn ? whenOn : words.bookings.off}
        isOn={isOn}
        isBusy={isRunning}
        onChange={change}
      />
      <LiveArea className="empty:hidden">
        {refusal && <StatusMessage tone="refusal" title={refusal.words} />}
      </LiveArea>
    </div>
  )
}
