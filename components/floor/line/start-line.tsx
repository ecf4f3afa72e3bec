'use client'

import { AuthorDialog } from '@/components/floor/author/author-dialog'
import { useAuthor } from '@/components/floor/queue/use-author'
import { Button } from '@/components/ui/button'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { useAction } from '@/components/ui/use-action'
import { changeOwnLine } from '@/domain/line/actions'
import type { SharedTablet } from '@/domain/restaurant/pin.schema'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'

/** For a restaurant without tables: one tap opens a line for guests. */
export function StartLine({
  restaurantId,
  tablet,
  locale,
  words,
  authorWords,
}: {
  restaurantId: string
  /** Null: the device is one person's. */
  tablet: SharedTablet | null
  locale: Locale
  words: Pick<Messages['waiting']['setting'], 'start' | 'failed'>
  authorWords: Messages['owner']['author']
}) {
  const { run, isRunning, refusal } = useAction(words)
  const { authorise, isAsking, begin, leave } = useAuthor({ tablet, restaurantId, asOf: null })
  const start = async () => {
    const by = await authorise()
    if (by) run(() => changeOwnLine({ restaurantId, change: { state: 'OPEN' }, locale, ...by }))
  }
  return (
    <>
      <Button disabled={isRunning} onClick={start}>
        {words.start}
      </Button>
      <LiveArea className="empty:hidden">
        {refusal && <StatusMessage tone="refusal" title={refusal.words} />}
      </LiveArea>
      {tablet && isAsking && (
        <AuthorDialog
          people={tablet.people}
          restaurantId={restaurantId}
          locale={locale}
          words={authorWords}
          onProven={begin}
          onLeave={leave}
        />
      )}
    </>
  )
}
