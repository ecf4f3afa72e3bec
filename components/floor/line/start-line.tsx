'use client'

import { Button } from '@/components/ui/button'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { useAction } from '@/components/ui/use-action'
import { changeOwnLine } from '@/domain/line/actions'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'

/** For a restaurant without tables: one tap opens a line for guests. */
export function StartLine({
  restaurantId,
  locale,
  words,
}: {
  restaurantId: string
  locale: Locale
  words: Pick<Messages['waiting']['setting'], 'start' | 'failed'>
}) {
  const { run, isRunning, refusal } = useAction(words)
  return (
    <>
      <Button
        disabled={isRunning}
        onClick={() =>
          run(() => changeOwnLine({ restaurantId, change: { state: 'OPEN' }, locale }))
        }
      >
        {words.start}
      </Button>
      <LiveArea className="empty:hidden">
        {refusal && <StatusMessage tone="refusal" title={refusal.words} />}
      </LiveArea>
    </>
  )
}
