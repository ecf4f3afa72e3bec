'use client'

import clsx from 'clsx'
import { useState } from 'react'
import {
  useBoardControls,
  useBoardLive,
  useBoardView,
} from '@/components/floor/state/board-context'
import { useWaitingWords } from '@/components/floor/words/use-waiting-words'
import { Button, styleButton } from '@/components/ui/button'
import { TextField } from '@/components/ui/field'
import { PageLink } from '@/components/ui/page-link'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { useAction } from '@/components/ui/use-action'
import { changeOwnLine } from '@/domain/line/actions'
import { MOST_BEFORE_MINUTES } from '@/domain/line/rules'
import type { LineState } from '@/domain/line/types'
import { readCount } from '@/lib/text/typed-number'
import { SidePanel } from './side-panel'

const states: LineState[] = ['OPEN', 'PAUSED', 'CLOSED']
const MOST_PARTIES = 10_000

/** Undefined: the text is no number within the bounds. */
function readWithin(text: string, { least, most }: { least: number; most: number }) {
  const count = readCount(text)
  return count >= least && count <= most ? count : undefined
}

const readBefore = (text: string) => readWithin(text, { least: 0, most: MOST_BEFORE_MINUTES })
/** Null: the field is empty, so there is no limit. */
const readLongest = (text: string) =>
  text.trim() === '' ? null : readWithin(text, { least: 1, most: MOST_PARTIES })

/** The present state, as three buttons of which one is pressed. */
function StateChoice({
  state,
  onChoose,
}: {
  state: LineState
  onChoose: (state: LineState) => void
}) {
  const { words } = useWaitingWords()
  return (
    <fieldset className="grid grid-cols-3 gap-2">
      <legend className="mb-2 font-semibold">{words.setting.now}</legend>
      {states.map((choice) => (
        <label
          key={choice}
          className={clsx(
            'flex min-h-16 cursor-pointer items-center justify-center rounded-small border px-2 text-center text-17 font-semibold has-focus-visible:outline-3 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent',
            choice === state
              ? 'border-ink bg-ink text-paper'
              : 'border-line bg-paper hover:border-quiet',
          )}
        >
          <input
            type="radio"
            name="state"
            value={choice}
            checked={choice === state}
            onChange={() => onChoose(choice)}
            className="sr-only"
          />
          {words.setting[choice]}
        </label>
      ))}
    </fieldset>
  )
}

function NumberLine({
  error,
  onChange,
  ...told
}: {
  label: string
  hint: string
  /** False: the text is a number that fits. */
  error: string | false
  value: string
  onChange: (text: string) => void
}) {
  return (
    <TextField
      {...told}
      error={error}
      inputMode="numeric"
      autoComplete="off"
      onChange={(event) => onChange(event.target.value)}
      className="min-h-16"
    />
  )
}

/**
 * Whether guests may join, why not, and how many may wait. Parties already waiting keep their
 * places.
 */
export function LineSettingPanel() {
  const { identity, reload, authorise } = useBoardControls()
  const { slug, locale } = identity
  const { restaurantId } = useBoardView()
  const { waiting, author } = useBoardLive()
  // On a shared tablet the author decides what is allowed, and they may be floor staff.
  const canSettle = identity.canSettle && author.tablet === null
  const { words } = useWaitingWords()
  const { run, isRunning, refusal } = useAction({ failed: words.setting.failed })
  const [state, setState] = useState<LineState>(waiting?.state ?? 'OPEN')
  const [reason, setReason] = useState(waiting?.reason ?? '')
  const [limit, setLimit] = useState(waiting?.longest?.toString() ?? '')
  const [lead, setLead] = useState(String(waiting?.opensBeforeMinutes ?? 30))
  const [isSaved, setIsSaved] = useState(false)
  const longest = readLongest(limit)
  const opensBeforeMinutes = readBefore(lead)
  const isWrong = longest === undefined || opensBeforeMinutes === undefined
  const save = () => {
    if (isWrong) return
    const said = state === 'OPEN' ? '' : reason.trim()
    const change = { state, reason: said, ...(canSettle && { longest, opensBeforeMinutes }) }
    setIsSaved(false)
    void authorise().then((by) => {
      if (!by) return
      run(
        () => changeOwnLine({ restaurantId, change, locale, ...by }),
        () => {
          setIsSaved(true)
          reload()
        },
      )
    })
  }
  return (
    <SidePanel title={words.setting.title}>
      {!waiting && <p className="text-quiet">{words.setting.none}</p>}
      <form
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <StateChoice state={state} onChoose={setState} />
        <p className="-mt-3 text-15 text-quiet">{words.setting[`${state}Text`]}</p>
        {state !== 'OPEN' && (
          <TextField
            label={words.setting.reason}
            hint={words.setting.reasonHint}
            value={reason}
            maxLength={100}
            autoComplete="off"
            onChange={(event) => setReason(event.target.value)}
            className="min-h-16"
          />
        )}
        {canSettle && (
          <NumberLine
            label={words.setting.longest}
            hint={words.setting.longestHint}
            error={longest === undefined && words.setting.longestWrong}
            value={limit}
            onChange={setLimit}
          />
        )}
        {canSettle && (
          <NumberLine
            label={words.setting.before}
            hint={words.setting.beforeHint}
            error={opensBeforeMinutes === undefined && words.setting.beforeWrong}
            value={lead}
            onChange={setLead}
          />
        )}
        <LiveArea className="empty:hidden">
          {refusal && <StatusMessage tone="refusal" title={refusal.words} />}
          {isSaved && !isRunning && <StatusMessage tone="confirmed" title={words.setting.saved} />}
        </LiveArea>
        <Button type="submit" size="large" isWide disabled={isRunning || isWrong}>
          {waiting ? words.setting.save : words.setting.start}
        </Button>
      </form>
      {canSettle && waiting && (
        <PageLink
          href={`/owner/${slug}/kiosks`}
          locale={locale}
          className={styleButton({ tone: 'outline', size: 'large', isWide: true })}
        >
          {words.setting.kiosk}
        </PageLink>
      )}
    </SidePanel>
  )
}
