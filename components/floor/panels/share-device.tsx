'use client'

import { useBoardControls, useBoardLive } from '@/components/floor/state/board-context'
import { useWords } from '@/components/floor/words/use-words'
import { Button } from '@/components/ui/button'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { useAction } from '@/components/ui/use-action'
import { fillIn } from '@/components/ui/words'
import { endOwnSharing, shareOwnDevice } from '@/domain/identity/tablet.actions'

/** Says that several people use this tablet, or that it is one person's again. */
export function ShareDevice() {
  const { words } = useWords()
  const { identity, reload } = useBoardControls()
  const { tablet, forget } = useBoardLive().author
  const { run, isRunning, refusal } = useAction({ failed: words.author.shareFailed })
  const { locale } = identity
  const act = tablet ? endOwnSharing : shareOwnDevice
  const change = () =>
    run(
      () => act({ locale }),
      () => {
        forget()
        reload()
      },
    )
  return (
    <section className="flex flex-col gap-3">
      <h3 className="font-semibold">{words.author.shareTitle}</h3>
      <p className="text-quiet" aria-live="polite">
        {tablet
          ? fillIn(words.author.sharedText, { minutes: tablet.minutes })
          : words.author.shareText}
      </p>
      <Button size="large" tone="outline" isWide disabled={isRunning} onClick={change}>
        {tablet ? words.author.unshare : words.author.share}
      </Button>
      <LiveArea className="empty:hidden">
        {refusal && <StatusMessage tone="refusal" title={refusal.words} />}
      </LiveArea>
    </section>
  )
}
