'use client'

import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { Switch } from '@/components/ui/switch'
import { useAction } from '@/components/ui/use-action'
import { switchDaySheet } from '@/domain/restaurant/settings.actions'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'

/** The signed-in owner's daily sheet, on or off. */
export function DaySheetSwitch({
  restaurantId,
  wants,
  locale,
  words,
}: {
  restaurantId: string
  wants: boolean
  locale: Locale
  words: Messages['notice']['history']
}) {
  const { run, isRunning, refusal } = useAction(words)
  return (
    <div className="flex flex-col gap-3 rounded-card border border-line bg-raised p-4">
      <Switch
        label={words.sheet}
        hint={wants ? words.sheetOn : words.sheetOff}
        isOn={wants}
        isBusy={isRunning}
        onChange={(wanted) => run(() => switchDaySheet({ restaurantId, wants: wanted, locale }))}
      />
      <LiveArea className="empty:hidden">
        {refusal && <StatusMessage tone="refusal" title={refusal.words} />}
      </LiveArea>
    </div>
  )
}
