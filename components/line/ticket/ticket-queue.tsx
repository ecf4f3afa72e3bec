import clsx from 'clsx'
import { fillIn } from '@/components/ui/words'
import type { LineSnapshot } from '@/domain/line/schema'
import type { TicketWords } from './words'

/** As many as fit side by side on a phone. */
const SHOWN_AHEAD = 4

/** The parties directly ahead, by the numbers on their tickets, so that the order is visible. */
export function TicketQueue({
  tickets,
  number,
  words,
}: {
  tickets: LineSnapshot['tickets']
  number: number
  words: TicketWords['ticket']
}) {
  const at = tickets.findIndex((entry) => entry.number === number)
  if (at < 1) return null
  const shown = tickets.slice(Math.max(0, at - SHOWN_AHEAD), at + 1).reverse()
  const hidden = at - SHOWN_AHEAD
  return (
    <ol
      aria-label={words.queue}
      className="flex flex-row-reverse items-center justify-center gap-1.5 text-15 font-semibold tabular-nums"
    >
      {shown.map((entry) => (
        <li
          key={entry.number}
          className={clsx(
            'grid min-h-9 min-w-9 place-items-center rounded-small border-2 px-1.5',
            entry.number === number && 'border-accent text-accent',
            entry.number !== number &&
              (entry.status === 'CALLED' || entry.status === 'LAST_CALLED'
                ? 'border-confirmed text-confirmed'
                : 'border-line text-quiet'),
          )}
        >
          <span>{entry.number}</span>
          <span className="sr-only">
            {entry.number === number && words.queueOwn}
            {entry.number !== number &&
              (entry.status === 'CALLED' || entry.status === 'LAST_CALLED') &&
              words.queueCalled}
          </span>
        </li>
      ))}
      {hidden > 0 && (
        <li className="px-1 text-quiet">
          <span aria-hidden="true">+{hidden}</span>
          <span className="sr-only">{fillIn(words.queueMore, { count: hidden })}</span>
        </li>
      )}
    </ol>
  )
}
