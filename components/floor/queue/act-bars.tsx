'use client'

import clsx from 'clsx'
import { type ReactNode, useEffect } from 'react'
import { useObstructionWords } from '@/components/floor/words/use-obstruction-words'
import { useWaitingWords } from '@/components/floor/words/use-waiting-words'
import { useWords } from '@/components/floor/words/use-words'
import { Button } from '@/components/ui/button'
import { useServerNow } from '@/components/ui/client/use-server-now'
import { CheckIcon, ClockIcon, CrossIcon } from '@/components/ui/icons'
import { InfoIcon, WarningIcon } from '@/components/ui/message-icons'
import { fillIn } from '@/components/ui/words'
import { type InsistedAct, isOfDate } from '@/domain/floor/insist.rules'
import { isTicketWork, type PlaceChange } from '@/domain/floor/queue.rules'
import type { Day } from '@/domain/floor/schema'
import { findSitting } from '@/domain/floor/walk-in.rules'
import { UNDO_MS } from './answer-bars'
import type { Bar, DoneBar } from './use-bars'
import { nameWork, useQueueWords } from './use-queue-words'

/** A bar that needs no reaction closes by itself; a refusal stays until staff close it. */
const SETTLED_MS = 5_000
const passing: readonly Bar['kind'][] = ['SETTLED', 'DONE_ALREADY', 'UNCHANGED']

const isCorrectionWork = (work: Bar['work']) => work.startsWith('CORRECT_')

/** A status of the other kind has no sentence here. */
function hasKey<Words extends object>(words: Words, key: PropertyKey): key is keyof Words {
  return key in words
}

/** Which party was changed, and to what. */
function useChangeSentence() {
  const { words, nameParty, sizeParty, formatDate, nameTime, nameMoment } = useWords()
  const { CHANGED } = words.bars
  const nameWhen = ({ serviceDate, startsAt }: PlaceChange) => {
    if (startsAt === undefined) return serviceDate === undefined ? null : formatDate(serviceDate)
    return serviceDate === undefined
      ? nameTime(startsAt)
      : nameMoment({ at: startsAt, serviceDate })
  }
  return ({ party, changed = {}, swapped }: Bar): string => {
    const name = nameParty(party)
    if (swapped) return fillIn(CHANGED.SWAP, { name, party: nameParty(swapped) })
    const { tableNumbers = [], partySize, minutes } = changed
    const tables = tableNumbers.join(', ')
    const when = nameWhen(changed)
    const size = partySize === undefined ? null : sizeParty({ partySize })
    const parts = [
      tables
        ? {
            alone: fillIn(CHANGED.TABLES, { name, tables }),
            beside: fillIn(CHANGED.tables, { tables }),
          }
        : null,
      when ? { alone: fillIn(CHANGED.SEVERAL, { name, parts: when }), beside: when } : null,
      minutes === undefined
        ? null
        : {
            alone: fillIn(CHANGED.MINUTES, { name, minutes }),
            beside: fillIn(CHANGED.minutes, { minutes }),
          },
      size ? { alone: fillIn(CHANGED.SIZE, { name, count: partySize ?? 0 }), beside: size } : null,
    ].filter((part) => part !== null)
    const [first] = parts
    if (!first) return fillIn(words.bars.DONE.CHANGE, { name })
    if (parts.length === 1) return first.alone
    const joined = parts.map(({ beside }) => beside).join(' · ')
    return fillIn(CHANGED.SEVERAL, { name, parts: joined })
  }
}

function useSentence({ bar, day }: Pick<Props, 'day'> & { bar: Bar }): string {
  const sayChange = useChangeSentence()
  const { words, nameParty, sizeParty, nameMoment, nameTime } = useWords()
  const { refuseSeat } = useObstructionWords()
  const { describeWork } = useQueueWords()
  const { words: lineWords } = useWaitingWords()
  const table = fillIn(words.grid.table, { number: bar.tableNumber ?? 0 })
  const { work, ticketNumber: number = 0, lateMinutes: minutes = 0 } = bar
  const when = bar.booked ? nameMoment(bar.booked) : ''
  const values = { name: nameParty(bar.party), size: sizeParty(bar.party), table, minutes, when }
  if (bar.kind === 'DONE' || bar.kind === 'SETTLED') {
    const outcome = bar.isUndo ? 'UNDONE' : 'DONE'
    const { tableNumbers = [] } = bar
    if (work === 'WALK_IN' && outcome === 'DONE' && tableNumbers.length > 0)
      return fillIn(words.bars.walkInAt, {
        ...values,
        n: tableNumbers.length,
        tables: tableNumbers.join(', '),
      })
    if (work === 'CHANGE' && outcome === 'DONE') return sayChange(bar)
    if (!isTicketWork(work))
      return fillIn(words.bars[outcome][nameWork({ work, party: bar.party })], values)
    const isCall = work === 'TICKET_CALL' || work === 'TICKET_LAST_CALL'
    return isCall && outcome === 'DONE' && bar.isUntold
      ? fillIn(lineWords.DONE_UNTOLD[work], { number })
      : fillIn(lineWords[outcome][work], { number })
  }
  if (bar.kind === 'CHANGED_MEANWHILE') {
    const { startsAt, serviceDate, tableNumbers, partySize } = bar.place
    const place = {
      when: nameMoment({ at: startsAt, serviceDate }),
      tables: tableNumbers.join(', '),
      count: partySize,
    }
    return fillIn(words.bars.CHANGED_MEANWHILE, { ...values, ...place })
  }
  const what = describeWork(bar)
  if (bar.kind === 'OUTDATED')
    return fillIn(bar.wasSent ? words.bars.MAYBE_DONE : words.bars.OUTDATED, { what })
  const wasCorrected = !isTicketWork(work) && isCorrectionWork(work)
  if (bar.kind === 'DONE_ALREADY' && (work === 'ARRIVE' || wasCorrected))
    return fillIn(words.bars.DONE_ALREADY[wasCorrected ? 'CORRECTION' : 'ARRIVE'], values)
  if (bar.kind === 'UNCHANGED') return fillIn(words.bars.UNCHANGED, values)
  if (bar.kind !== 'REFUSED' && bar.kind !== 'DONE_ALREADY')
    return fillIn(words.bars[bar.kind], { what })
  // A colleague was faster: the present state says more than the refusal.
  const { present } = bar
  if (present !== null && isTicketWork(work) && hasKey(lineWords.OVERTAKEN, present))
    return fillIn(lineWords.OVERTAKEN[present], { number })
  if (present !== null && !isTicketWork(work) && hasKey(words.bars.OVERTAKEN, present))
    return fillIn(words.bars.OVERTAKEN[present], values)
  if (bar.kind !== 'REFUSED') return what
  // The service speaks to diners; the board has the staff's words for what stands in their way.
  if (bar.other) {
    const { startsAt, tableNumbers } = bar.other
    const tables = tableNumbers.join(', ')
    const told = fillIn(words.change.otherBooking, { time: nameTime(startsAt), tables })
    return fillIn(words.bars.REFUSED, { what, words: told })
  }
  const sitting = findSitting({ day, tableNumbers: bar.occupied })
  if (sitting) return fillIn(words.bars.REFUSED, { what, words: refuseSeat(sitting) })
  const { refused } = words.phone
  const isAsked = work === 'CHANGE' || isOfDate(bar.reason)
  const told =
    isAsked && hasKey(refused, bar.reason) ? fillIn(refused[bar.reason], values) : bar.words
  return fillIn(words.bars.REFUSED, { what, words: told })
}

/** Counts down the undo time that the database allows, then the bar closes. */
function UndoButton({
  bar,
  isPending,
  onUndo,
  onOver,
}: {
  bar: DoneBar
  isPending: boolean
  onUndo: (bar: DoneBar) => void
  onOver: (id: string) => void
}) {
  const { words } = useWords()
  const nowMs = useServerNow()
  const { id, untilMs } = bar
  const leftMs = nowMs === null ? null : untilMs - nowMs
  const isOver = leftMs !== null && leftMs <= 0 && !isPending
  useEffect(() => {
    if (isOver) onOver(id)
  }, [id, isOver, onOver])
  return (
    <Button
      size="large"
      tone="outline"
      disabled={isPending}
      onClick={() => onUndo(bar)}
      className="shrink-0 whitespace-nowrap"
    >
      {words.bars.undo}
      <span aria-hidden="true" className="min-w-12 text-17 font-normal tabular-nums">
        {fillIn(words.bars.seconds, {
          seconds: Math.max(0, Math.ceil((leftMs ?? UNDO_MS) / 1_000)),
        })}
      </span>
    </Button>
  )
}

/** Staff were told what stands in the way, and mean it. */
function InsistButton({ bar, onInsist }: { bar: Bar; onInsist: Props['onInsist'] }) {
  const { words } = useWords()
  if (bar.kind !== 'REFUSED' || bar.again === null) return null
  const { id, again } = bar
  return (
    <Button
      size="large"
      tone="outline"
      onClick={() => onInsist({ barId: id, again })}
      className="shrink-0 whitespace-nowrap @max-xl:order-last @max-xl:mr-3 @max-xl:mb-2 @max-xl:w-full"
    >
      {'change' in again ? words.change.insist : words.otherDate.insist}
    </Button>
  )
}

function CloseButton({ bar, onClose }: { bar: Bar; onClose: (id: string) => void }) {
  const { words } = useWords()
  const { id, kind } = bar
  useEffect(() => {
    if (!passing.includes(kind)) return
    const timer = setTimeout(() => onClose(id), SETTLED_MS)
    return () => clearTimeout(timer)
  }, [id, kind, onClose])
  return (
    <button
      type="button"
      aria-label={words.bars.close}
      onClick={() => onClose(id)}
      className="grid size-16 shrink-0 place-items-center rounded-small text-quiet hover:text-ink"
    >
      <CrossIcon />
    </button>
  )
}

const looks = {
  DONE: { Icon: CheckIcon, frame: 'border-confirmed', mark: 'text-confirmed' },
  SETTLED: { Icon: CheckIcon, frame: 'border-confirmed', mark: 'text-confirmed' },
  DONE_ALREADY: { Icon: InfoIcon, frame: 'border-line', mark: 'text-quiet' },
  UNCHANGED: { Icon: InfoIcon, frame: 'border-line', mark: 'text-quiet' },
  CHANGED_MEANWHILE: { Icon: InfoIcon, frame: 'border-line', mark: 'text-quiet' },
  CHECK_NOTE: { Icon: ClockIcon, frame: 'border-dashed border-waiting', mark: 'text-waiting' },
  OUTDATED: { Icon: WarningIcon, frame: 'border-refusal', mark: 'text-refusal' },
  NOT_SENT: { Icon: WarningIcon, frame: 'border-refusal', mark: 'text-refusal' },
  REFUSED: { Icon: WarningIcon, frame: 'border-refusal', mark: 'text-refusal' },
}

type Props = {
  bars: Bar[]
  /** Who sits where by now. */
  day: Pick<Day, 'tables' | 'parties'>
  pending: ReadonlySet<string>
  onUndo: (bar: DoneBar) => void
  onInsist: (refused: { barId: string; again: InsistedAct }) => void
  onClose: (id: string) => void
}

function ActBar({
  bar,
  day,
  pending,
  onUndo,
  onInsist,
  onClose,
}: Omit<Props, 'bars'> & { bar: Bar }) {
  const sentence = useSentence({ bar, day })
  const { Icon, frame, mark } = looks[bar.kind]
  return (
    <div
      data-bar={bar.kind}
      className={clsx('@container rounded-card border-2 bg-raised py-1 pr-1 pl-4', frame)}
    >
      {/* Beside a long reason the button would leave a column of single words. */}
      <div className="flex items-center gap-x-3 @max-xl:flex-wrap">
        <span className={mark}>
          <Icon />
        </span>
        <p className="min-w-0 grow basis-0 py-2 font-medium">{sentence}</p>
        <InsistButton bar={bar} onInsist={onInsist} />
        {bar.kind === 'DONE' ? (
          <UndoButton
            bar={bar}
            isPending={pending.has(bar.act.actId ?? '')}
            onUndo={onUndo}
            onOver={onClose}
          />
        ) : (
          <CloseButton bar={bar} onClose={onClose} />
        )}
      </div>
    </div>
  )
}

/**
 * The outcomes of the latest acts, above the acts still waiting. Always mounted, because a live
 * region must exist before its text does.
 */
export function ActBars({ bars, children, ...rest }: Props & { children: ReactNode }) {
  return (
    <div role="status" aria-live="polite" className="flex flex-col gap-2">
      {children}
      {bars.map((bar) => (
        <ActBar key={bar.id} bar={bar} {...rest} />
      ))}
    </div>
  )
}
