'use client'

import {
  useBoardControls,
  useBoardLive,
  useBoardView,
} from '@/components/floor/state/board-context'
import { useWords } from '@/components/floor/words/use-words'
import { Button } from '@/components/ui/button'
import { fillIn } from '@/components/ui/words'
import { AuthorDialog } from './author-dialog'

/** On a shared tablet: who acts now, and the way to say that another person does. */
export function AuthorBar() {
  const { words } = useWords()
  const { locale } = useBoardControls().identity
  const { restaurantId, nowMs } = useBoardView()
  const { author, trouble } = useBoardLive()
  const { tablet, acting, isAsking, change, begin, leave } = author
  if (!tablet) return null
  // Without a network nobody can be asked, and the last one goes on.
  const isOver = acting !== null && acting.untilMs <= nowMs && trouble !== 'OFFLINE'
  return (
    <div className="flex print:hidden">
      <Button size="large" tone="outline" onClick={change} className="max-w-full">
        <bdi className="truncate">
          {acting && !isOver
            ? fillIn(words.author.now, { name: acting.name })
            : words.author.nobody}
        </bdi>
      </Button>
      {isAsking && (
        <AuthorDialog
          people={tablet.people}
          restaurantId={restaurantId}
          locale={locale}
          words={words.author}
          onProven={begin}
          onLeave={leave}
        />
      )}
    </div>
  )
}
