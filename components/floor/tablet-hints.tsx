'use client'

import { useEffect, useState } from 'react'
import { readDeviceMs } from '@/components/ui/client/device-clock'
import { serverClock } from '@/components/ui/client/server-clock'
import { StatusMessage } from '@/components/ui/status-message'
import { fillIn } from '@/components/ui/words'
import { countMinutesAhead, isBatteryLow } from '@/domain/floor/tablet.rules'
import { useBoardLive } from './state/board-context'
import { useBattery } from './state/use-battery'
import { useWords } from './words/use-words'

/**
 * How far ahead the tablet's clock is, in minutes. Compared only as an answer arrives: the steady
 * clock may stop while the tablet sleeps, and is wrong from then until the next one.
 */
function useMinutesAhead(): number {
  const { day, trouble } = useBoardLive()
  const [minutes, setMinutes] = useState(0)
  const { asOf } = day
  const isLive = trouble === null
  useEffect(() => {
    const serverMs = serverClock.readMs()
    if (asOf && isLive && serverMs !== null)
      setMinutes(countMinutesAhead({ deviceMs: readDeviceMs(), serverMs }))
  }, [asOf, isLive])
  return minutes
}

/** What of the tablet itself may spoil the evening: its battery, its clock. */
export function TabletHints() {
  const { words } = useWords()
  const battery = useBattery()
  const minutes = useMinutesAhead()
  return (
    <div role="status" className="flex flex-col gap-2 empty:hidden print:hidden">
      {battery && isBatteryLow(battery) && (
        <StatusMessage
          tone="waiting"
          title={fillIn(words.tablet.battery, { percent: Math.floor(battery.level * 100) })}
        />
      )}
      {minutes !== 0 && (
        <StatusMessage
          tone="waiting"
          title={fillIn(minutes > 0 ? words.tablet.clockAhead : words.tablet.clockBehind, {
            minutes: Math.abs(minutes),
          })}
        />
      )}
    </div>
  )
}
