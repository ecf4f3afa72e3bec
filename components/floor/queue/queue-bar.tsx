'use client'

import { Button } from '@/components/ui/button'
import { ClockIcon } from '@/components/ui/icons'
import { fillIn } from '@/components/ui/words'
import { canTakeBack } from '@/domain/floor/queue.rules'
import type { Day } from '@/domain/floor/schema'
import type { PendingAct } from './act-sender'
import { describeSubject } from './answer-bars'
import { useQueueWords } from './use-queue-words'

/** Acts without an answer, in tapping order; each can be taken back while it has not left. */
export function QueueBar({
  acts,
  day,
  onTakeBack,
}: {
  acts: PendingAct[]
  day: Pick<Day, 'parties' | 'slots'>
  onTakeBack: (key: string) => void
}) {
  const { words, describeWork, describeWaiting } = useQueueWords()
  const told = acts.filter((act) => act.isTold)
  if (told.length === 0) return null
  return (
    <section
      aria-label={words.queue.label}
      data-bar
      className="flex flex-col rounded-card border-2 border-dashed border-waiting bg-raised py-1 pr-1 pl-4"
    >
      <p className="flex min-h-12 items-center gap-3 font-semibold">
        <span className="text-waiting">
          <ClockIcon />
        </span>
        {fillIn(words.queue.title, { count: told.length })}
      </p>
      <ul className="max-h-56 overflow-y-auto">
        {told.map((act) => (
          <li key={act.key} className="flex min-h-16 items-center gap-3 border-t border-line py-1">
            <p className="min-w-0 grow leading-tight">
              <span className="block font-medium">
                {describeWork(describeSubject({ day, work: act.work }))}
              </span>
              <span className="text-15 text-quiet tabular-nums">{describeWaiting(act)}</span>
            </p>
            {canTakeBack({ act, acts }) && !act.isSending && (
              <Button
                size="large"
                tone="outline"
                onClick={() => onTakeBack(act.key)}
                aria-label={fillIn(words.queue.takeBackOf, {
                  what: describeWork(describeSubject({ day, work: act.work })),
                })}
                className="shrink-0 px-3! text-17!"
              >
                {words.queue.takeBack}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
