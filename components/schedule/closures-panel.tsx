'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Calendar } from '@/components/ui/calendar'
import { TextField } from '@/components/ui/field'
import { fillIn } from '@/components/ui/words'
import type { UsualReason } from '@/domain/notification/usual-reason.types'
import type { OwnRestaurant } from '@/domain/restaurant/types'
import { reopenOwnDate } from '@/domain/schedule/actions'
import type { Closure } from '@/domain/schedule/closure.schema'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { formatDate } from '@/lib/i18n/moment'
import type { ActionAnswer } from '@/lib/problems/result'
import { BookedDialog, bookedParties, findUsualReason } from './booked-dialog'
import { Outcome } from './outcome'
import { useEdit } from './use-edit'

type Restaurant = Pick<OwnRestaurant, 'id' | 'slug' | 'version' | 'today' | 'timeZone'>
type Words = Messages['schedule']

/** Closes the date; a later room knows what is booked on it. */
type CloseDate = (asked: {
  restaurantId: string
  version: number
  date: string
  reason: string
  keepsReservations: boolean
  cancelled: string[]
  usualReason?: UsualReason | undefined
  locale: Locale
}) => Promise<ActionAnswer<{ version: number }>>

/** Single closed dates, and the way to add one. */
export function ClosuresPanel({
  restaurant,
  closures,
  closeDate,
  locale,
  words,
}: {
  restaurant: Restaurant
  closures: Closure[]
  closeDate: CloseDate
  locale: Locale
  words: Words
}) {
  const [date, setDate] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  const [done, setDone] = useState<string | null>(null)
  const [isMissing, setMissing] = useState(false)
  const [isAsking, setAsking] = useState(false)
  const { run, isRunning, refusal } = useEdit({ version: restaurant.version, failed: words.failed })
  const nameDate = (closed: string) => formatDate({ date: closed, locale })
  const parties =
    refusal?.reason === 'has-reservations'
      ? bookedParties.safeParse(refusal.details.parties).data
      : null
  const close = ({ keeps = false, cancelled = [] }: { keeps?: boolean; cancelled?: string[] }) => {
    setDone(null)
    setMissing(date === null)
    if (date === null) return
    const usualReason = findUsualReason({ reason, locale })
    const fate = { keepsReservations: keeps, cancelled, usualReason }
    const asked = { restaurantId: restaurant.id, date, reason, locale, ...fate }
    setAsking(true)
    run(
      (version) => closeDate({ ...asked, version }),
      () => {
        setAsking(false)
        setDone(fillIn(words.closures.closed, { date: nameDate(date) }))
        setDate(null)
        setReason('')
      },
    )
  }
  const reopen = (closed: string) => {
    setDone(null)
    run(
      (version) => reopenOwnDate({ restaurantId: restaurant.id, date: closed, version, locale }),
      () => setDone(fillIn(words.closures.reopened, { date: nameDate(closed) })),
    )
  }
  return (
    <section aria-labelledby="closures" className="flex flex-col gap-4">
      <div>
        <h2 id="closures" className="text-20 font-bold">
          {words.closures.title}
        </h2>
        <p className="text-quiet">{words.closures.lead}</p>
      </div>
      {closures.length === 0 ? (
        <p className="text-quiet">{words.closures.empty}</p>
      ) : (
        <ul className="flex flex-col">
          {closures.map((closure) => (
            <li
              key={closure.date}
              className="flex flex-wrap items-center justify-between gap-2 border-b border-line py-1"
            >
              <span>
                <span className="font-medium tabular-nums">{nameDate(closure.date)}</span>
                {closure.reason && <span className="text-quiet"> · {closure.reason}</span>}
              </span>
              <Button
                tone="quiet"
                disabled={isRunning}
                aria-label={fillIn(words.closures.reopenOf, { date: nameDate(closure.date) })}
                onClick={() => reopen(closure.date)}
              >
                {words.closures.reopen}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <div className="flex flex-col gap-4 rounded-card border border-line bg-raised p-4">
        <Calendar
          date={date}
          locale={locale}
          first={restaurant.today}
          today={restaurant.today}
          todayName={words.runningDay}
          onChange={(chosen) => {
            setDate(chosen)
            setMissing(false)
          }}
        />
        <p role="status" className={isMissing ? 'font-medium text-refusal' : 'font-medium'}>
          {date
            ? fillIn(words.closures.chosen, { date: nameDate(date) })
            : isMissing && words.closures.choose}
        </p>
        <TextField
          label={words.closures.reason}
          placeholder={words.closures.reasonExample}
          maxLength={100}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        <Button disabled={isRunning} onClick={() => close({})}>
          {words.closures.add}
        </Button>
      </div>
      <Outcome refusal={parties ? null : refusal} done={done} words={words} />
      {parties && isAsking && date && (
        <BookedDialog
          date={date}
          parties={parties}
          reason={reason}
          restaurant={restaurant}
          locale={locale}
          words={words}
          isRunning={isRunning}
          onReason={setReason}
          onCancel={() => close({ cancelled: parties.map(({ id }) => id) })}
          onKeep={() => close({ keeps: true })}
          onClose={() => setAsking(false)}
        />
      )}
    </section>
  )
}
