'use client'

import { Switch } from '@/components/ui/switch'
import { useAction } from '@/components/ui/use-action'
import { setOwnAutoExtend } from '@/domain/schedule/actions'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'

/** Whether new days are added to the schedule automatically. */
export function AutoExtendSwitch({
  restaurantId,
  keeps,
  locale,
  words,
}: {
  restaurantId: string
  keeps: boolean
  locale: Locale
  words: Messages['schedule']
}) {
  const { run, isRunning, refusal } = useAction({ failed: words.failed })
  return (
    <div className="max-w-task rounded-card border border-line bg-raised p-4">
      <Switch
        label={words.autoExtend.label}
        hint={refusal ? refusal.words : words.autoExtend[keeps ? 'on' : 'off']}
        isOn={keeps}
        isBusy={isRunning}
        onChange={(isOn) => run(() => setOwnAutoExtend({ restaurantId, keeps: isOn, locale }))}
      />
    </div>
  )
}
