'use client'

import { useId } from 'react'
import { Button } from '@/components/ui/button'
import { useIsReady } from '@/components/ui/client/use-is-ready'
import { ProgressBar } from '@/components/ui/progress-bar'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { fillIn } from '@/components/ui/words'
import type { GuestImport } from '@/domain/guest/import.schema'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { formatNumber } from '@/lib/i18n/number'
import { ImportLines } from './import-lines'
import { type Doing, MOST_SHOWN, useGuestImport } from './use-guest-import'

type Words = Messages['guests']

const COUNTED = ['added', 'changed', 'unchanged', 'same', 'refused', 'warned'] as const

function Counts({ told, locale, words }: { told: GuestImport; locale: Locale; words: Words }) {
  const shown = COUNTED.filter((count) => count === 'added' || told.counts[count] > 0)
  return (
    <dl className="grid grid-cols-[1fr_auto] gap-x-6 gap-y-1">
      {shown.map((count) => (
        <div key={count} className="contents">
          <dt>{words.import.counts[count]}</dt>
          <dd className="text-right font-semibold tabular-nums">
            {formatNumber({ value: told.counts[count], locale })}
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Progress({
  doing,
  locale,
  words,
}: {
  doing: Extract<Doing, { kind: 'WORKING' }>
  locale: Locale
  words: Words
}) {
  const { isDryRun, told } = doing
  const title = isDryRun ? words.import.checking : words.import.importing
  const count = (value: number) => formatNumber({ value, locale })
  const text =
    told && fillIn(words.import.progress, { done: count(told.linesDone), lines: count(told.lines) })
  return (
    <StatusMessage tone="waiting" title={title}>
      {told && <ProgressBar label={title} done={told.linesDone} all={told.lines} />}
      {text && <p className="text-quiet tabular-nums">{text}</p>}
    </StatusMessage>
  )
}

const hasWork = ({ counts }: GuestImport) => counts.added + counts.changed > 0

function nameOutcome({ told, words }: { told: GuestImport; words: Words }) {
  const { failed, checked, nothing, done } = words.import
  if (told.state === 'FAILED') return { tone: 'refusal', title: failed } as const
  if (!told.isDryRun) return { tone: 'confirmed', title: done } as const
  return { tone: 'quiet', title: hasWork(told) ? checked : nothing } as const
}

function Outcome({
  told,
  locale,
  words,
  onStart,
  onReset,
}: {
  told: GuestImport
  locale: Locale
  words: Words
  /** Null: the file has to be chosen again. */
  onStart: (() => void) | null
  onReset: () => void
}) {
  const mayStart = told.isDryRun && told.state === 'DONE' && hasWork(told)
  return (
    <div className="flex flex-col gap-4">
      <StatusMessage {...nameOutcome({ told, words })}>
        <Counts told={told} locale={locale} words={words} />
        {told.ignoredColumns.length > 0 && (
          <p className="text-quiet">
            {fillIn(words.import.ignored, { columns: told.ignoredColumns.join(', ') })}
          </p>
        )}
      </StatusMessage>
      <div className="flex flex-wrap gap-2">
        {mayStart && onStart && <Button onClick={onStart}>{words.import.start}</Button>}
        <Button tone="outline" onClick={onReset}>
          {words.import.again}
        </Button>
      </div>
      <ImportLines verdicts={told.verdicts} most={MOST_SHOWN} words={words} />
    </div>
  )
}

function FileField({ words, onChoose }: { words: Words; onChoose: (file: File) => void }) {
  const id = useId()
  const isReady = useIsReady()
  const { columns } = words.file
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="font-medium">
        {words.import.file}
      </label>
      <input
        id={id}
        type="file"
        disabled={!isReady}
        accept=".csv,text/csv"
        aria-describedby={`${id}-hint`}
        className="min-h-12 w-full rounded-small border border-quiet bg-raised p-3 text-17"
        onChange={({ target }) => {
          const [file] = target.files ?? []
          // The same file, corrected, is to be chosen again.
          target.value = ''
          if (file) onChoose(file)
        }}
      />
      <p id={`${id}-hint`} className="text-15 text-quiet">
        {fillIn(words.import.hint, { columns: Object.values(columns).join(', ') })}
      </p>
    </div>
  )
}

/** A list of guests into the book: chosen, judged line by line, and imported once the owner has seen that. */
export function ImportPanel({
  restaurantId,
  running,
  locale,
  words,
}: {
  restaurantId: string
  /** An import that runs already, begun on this page before or on another device. Null: none. */
  running: GuestImport | null
  locale: Locale
  words: Words
}) {
  const { doing, choose, start, reset } = useGuestImport({ restaurantId, running, locale })
  return (
    <div className="flex flex-col gap-4">
      {(doing.kind === 'CHOOSING' || doing.kind === 'REFUSED') && (
        <FileField words={words} onChoose={choose} />
      )}
      <LiveArea className="empty:hidden">
        {doing.kind === 'REFUSED' && (
          <StatusMessage tone="refusal" title={doing.title ?? words.import.lost} />
        )}
        {doing.kind === 'WORKING' && <Progress doing={doing} locale={locale} words={words} />}
        {doing.kind === 'TOLD' && (
          <Outcome
            told={doing.told}
            locale={locale}
            words={words}
            onStart={start}
            onReset={reset}
          />
        )}
      </LiveArea>
    </div>
  )
}
