'use client'

import { useState } from 'react'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { Switch } from '@/components/ui/switch'
import { useAction } from '@/components/ui/use-action'
import { fillIn } from '@/components/ui/words'
import { publishOwnRestaurant } from '@/domain/restaurant/settings.actions'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'

/** Public or hidden. Asks before hiding, and before publishing what can't be booked yet. */
export function PublishSwitch({
  restaurantId,
  isOn,
  isReady,
  hiddenFor,
  locale,
  words: { failed, publish: words },
}: {
  restaurantId: string
  isOn: boolean
  /** Diners could book. */
  isReady: boolean
  /**
   * An admin's reason for hiding it, which only an admin can undo. Null: not hidden by an admin.
   */
  hiddenFor: string | null
  locale: Locale
  words: Pick<Messages['settings']['switches'], 'publish' | 'failed'>
}) {
  const [wish, setWish] = useState<'show' | 'hide' | null>(null)
  const { run, isRunning, refusal } = useAction({ failed })
  const change = (wanted: boolean) =>
    run(
      () => publishOwnRestaurant({ restaurantId, isOn: wanted, locale }),
      () => setWish(null),
    )
  const ask = (wanted: boolean) => {
    if (wanted && isReady) change(true)
    else setWish(wanted ? 'show' : 'hide')
  }
  if (hiddenFor !== null)
    return (
      <StatusMessage tone="refusal" title={words.hidden}>
        <p className="whitespace-pre-line">{fillIn(words.reason, { reason: hiddenFor })}</p>
      </StatusMessage>
    )
  return (
    <div className="flex flex-col gap-3">
      <Switch
        label={words.label}
        hint={isOn ? words.on : words.off}
        isOn={isOn}
        isBusy={isRunning}
        onChange={ask}
      />
      <LiveArea className="empty:hidden">
        {refusal && !wish && <StatusMessage tone="refusal" title={refusal.words} />}
      </LiveArea>
      <ConfirmDialog
        isOpen={wish !== null}
        title={wish === 'show' ? words.showTitle : words.hideTitle}
        confirm={wish === 'show' ? words.show : words.hide}
        tone={wish === 'show' ? 'main' : 'danger'}
        cancel={words.cancel}
        closeLabel={words.close}
        isRunning={isRunning}
        refusal={refusal?.words}
        onConfirm={() => change(wish === 'show')}
        onClose={() => setWish(null)}
      >
        {wish === 'show' ? words.showText : words.hideText}
      </ConfirmDialog>
    </div>
  )
}
