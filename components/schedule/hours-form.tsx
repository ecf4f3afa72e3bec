'use client'

import { useState } from 'react'
import { Button, styleButton } from '@/components/ui/button'
import { PageLink } from '@/components/ui/page-link'
import { fillIn } from '@/components/ui/words'
import { showClock } from '@/domain/restaurant/hours.rules'
import { saveOwnHours } from '@/domain/restaurant/settings.actions'
import type { HoursStretch } from '@/domain/restaurant/setup.schema'
import { weekOfHours } from '@/domain/restaurant/setup.schema'
import type { OwnRestaurant } from '@/domain/restaurant/types'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { CopyWeekday } from './copy-weekday'
import {
  type DraftFault,
  draftStretch,
  readDraft,
  readDrafts,
  type StretchDraft,
  toDrafts,
} from './hours-draft'
import { Outcome } from './outcome'
import { StretchFields, showMoment } from './stretch-fields'
import { useEdit } from './use-edit'

type Words = Messages['schedule']
type Restaurant = Pick<
  OwnRestaurant,
  'id' | 'slug' | 'version' | 'dayCutMinutes' | 'seatingMinutes'
>
const USUAL = { from: '11:30', to: '21:00' }
const SECOND = { from: '17:30', to: '22:00' }

/** A colleague's newer hours, beside the ones being typed. */
function Present({ present, words }: { present: HoursStretch[]; words: Words }) {
  return (
    <div className="text-15">
      <p className="font-medium">{words.hours.present}</p>
      <ul className="tabular-nums">
        {present.map((stretch) => (
          <li key={`${stretch.weekday} ${stretch.fromMinutes}`}>
            {words.weekdays[stretch.weekday - 1]} {showClock(stretch.fromMinutes)}–
            {showMoment({ minutes: stretch.toMinutes, words })}
          </li>
        ))}
      </ul>
    </div>
  )
}

/** The next steps after a save, or after a colleague's save. */
function AfterSaving({
  restaurant,
  present,
  isDone,
  locale,
  words,
  onTake,
}: {
  restaurant: Restaurant
  present: HoursStretch[] | undefined
  isDone: boolean
  locale: Locale
  words: Words
  onTake: (drafts: StretchDraft[]) => void
}) {
  if (isDone)
    return (
      <PageLink
        href={`/owner/${restaurant.slug}/schedule`}
        locale={locale}
        className={styleButton({ tone: 'outline' })}
      >
        {words.hours.toSchedule}
      </PageLink>
    )
  if (!present) return null
  return (
    <Button tone="outline" onClick={() => onTake(toDrafts(present))}>
      {words.hours.takePresent}
    </Button>
  )
}

/** Moves the focus once a part of the form has appeared or gone. */
function focusNext(id: string) {
  requestAnimationFrame(() => document.getElementById(id)?.focus())
}

function Weekday({
  weekday,
  drafts,
  restaurant,
  fault,
  words,
  onDrafts,
  onCopy,
}: {
  weekday: number
  drafts: StretchDraft[]
  restaurant: Restaurant
  fault: DraftFault | null
  words: Words
  onDrafts: (drafts: StretchDraft[]) => void
  onCopy: (to: number[]) => void
}) {
  const day = words.weekdays[weekday - 1] ?? ''
  const { dayCutMinutes, seatingMinutes } = restaurant
  const cut = showClock(dayCutMinutes)
  const usual = drafts.length === 0 ? USUAL : SECOND
  const adderId = `add-to-${weekday}`
  const add = () => {
    const added = draftStretch(weekday, usual.from, usual.to)
    onDrafts([...drafts, added])
    focusNext(`${added.key}-from`)
  }
  return (
    <section className="flex flex-col gap-3 border-b border-line py-4 md:flex-row md:gap-6">
      <h2 className="shrink-0 pt-1 md:w-30 text-20 font-semibold">{day}</h2>
      <div className="flex grow flex-col gap-3">
        {drafts.length === 0 && <p className="pt-1 text-quiet">{words.hours.off}</p>}
        {drafts.map((draft, index) => (
          <StretchFields
            key={draft.key}
            draft={draft}
            day={day}
            seatingMinutes={seatingMinutes}
            words={words}
            number={index + 1}
            stretch={readDraft({ draft, dayCutMinutes })}
            fault={
              fault?.key === draft.key ? fillIn(words.hours.faults[fault.reason], { cut }) : null
            }
            onChange={(change) =>
              onDrafts(drafts.map((one) => (one === draft ? { ...one, ...change } : one)))
            }
            onRemove={() => {
              onDrafts(drafts.filter((one) => one !== draft))
              focusNext(adderId)
            }}
          />
        ))}
      </div>
      <div className="flex flex-wrap items-start gap-1 md:flex-col md:items-end">
        <Button
          id={adderId}
          tone="quiet"
          aria-label={fillIn(words.hours.addTo, { day })}
          onClick={add}
        >
          {drafts.length === 0 ? words.hours.add : words.hours.addMore}
        </Button>
        {drafts.length > 0 && <CopyWeekday weekday={weekday} words={words} onCopy={onCopy} />}
      </div>
    </section>
  )
}

function useDrafts(restaurant: Restaurant, hours: HoursStretch[]) {
  const [drafts, setDrafts] = useState(() => toDrafts(hours))
  const [fault, setFault] = useState<DraftFault | null>(null)
  const [isDirty, setDirty] = useState(false)
  const change = (next: StretchDraft[]) => {
    setDrafts(next)
    setFault(null)
    setDirty(true)
  }
  const copy = (from: number, to: number[]) => {
    const read = drafts.map((draft) => ({ draft, ...readDraft({ draft, ...restaurant }) }))
    if (read.some(({ draft, fromMinutes }) => draft.weekday === from && fromMinutes === undefined))
      return
    const model = drafts.filter(({ weekday }) => weekday === from)
    const rest = drafts.filter(({ weekday }) => !to.includes(weekday))
    const copies = to.flatMap((weekday) =>
      model.map((draft) => draftStretch(weekday, draft.from, draft.to)),
    )
    change([...rest, ...copies])
  }
  return { drafts, fault, isDirty, change, copy, setFault, setDirty }
}

/** The usual week. A refusal never loses anything typed. */
export function HoursForm({
  restaurant,
  hours,
  locale,
  words,
}: {
  restaurant: Restaurant
  hours: HoursStretch[]
  locale: Locale
  words: Words
}) {
  const { drafts, fault, isDirty, change, copy, setFault, setDirty } = useDrafts(restaurant, hours)
  const [done, setDone] = useState<string | null>(null)
  const { run, isRunning, refusal } = useEdit({ version: restaurant.version, failed: words.failed })
  const present = weekOfHours.safeParse(refusal?.details.present).data
  const edit = (next: StretchDraft[]) => {
    setDone(null)
    change(next)
  }
  const save = () => {
    const read = readDrafts({ drafts, dayCutMinutes: restaurant.dayCutMinutes })
    if (!read.ok) {
      setFault(read.fault)
      document.getElementById(`${read.fault.key}-from`)?.focus()
      return
    }
    run(
      (version) =>
        saveOwnHours({ restaurantId: restaurant.id, version, hours: read.hours, locale }),
      () => {
        setDirty(false)
        setDone(words.hours.saved)
      },
    )
  }
  return (
    <form
      className="flex flex-col"
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      {words.weekdays.map((name, index) => (
        <Weekday
          key={name}
          weekday={index + 1}
          drafts={drafts.filter(({ weekday }) => weekday === index + 1)}
          restaurant={restaurant}
          fault={fault}
          words={words}
          onDrafts={(next) =>
            edit([...drafts.filter(({ weekday }) => weekday !== index + 1), ...next])
          }
          onCopy={(to) => copy(index + 1, to)}
        />
      ))}
      <div
        data-stays-below
        className="sticky bottom-0 -mx-4 flex flex-col gap-3 border-t border-line bg-paper px-4 py-3"
      >
        <Outcome
          refusal={refusal}
          done={done}
          words={words}
          actions={
            <AfterSaving
              restaurant={restaurant}
              locale={locale}
              words={words}
              present={present}
              isDone={done !== null}
              onTake={edit}
            />
          }
        >
          {present && <Present present={present} words={words} />}
        </Outcome>
        <div className="flex flex-wrap items-center gap-4">
          <Button type="submit" size="large" disabled={isRunning}>
            {isRunning ? words.working : words.hours.save}
          </Button>
          {isDirty && !refusal && <p className="text-15 text-quiet">{words.hours.unsaved}</p>}
        </div>
      </div>
    </form>
  )
}
