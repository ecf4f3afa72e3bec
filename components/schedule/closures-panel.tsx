'use client'

import { useState } from 'react'
import { z } from 'zod'
import { Button, styleButton } from '@/components/ui/button'
import { Calendar } from '@/components/ui/calendar'
import { Dialog } from '@/components/ui/dialog'
import { TextField } from '@/components/ui/field'
import { PageLink } from '@/components/ui/page-link'
import { fillIn } from '@/components/ui/words'
import type { OwnRestaurant } from '@/domain/restaurant/types'
import { closeOwnDate, reopenOwnDate } from '@/domain/schedule/actions'
import type { Closure } from '@/domain/schedule/closure.schema'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { formatDate, nameTimeOn } from '@/lib/i18n/moment'
import { Outcome } from './outcome'
import { useEdit } from './use-edit'

type Restaurant = Pick<OwnRestaurant, 'id' | 'slug' | 'version' | 'today' | 'timeZone'>
type Words = Messages['schedule']

const takenFacts = z.array(z.object({ tableNumber: z.int(), startsAt: z.string() }))

/** The parties already booked on that date, and the two ways to continue. */
function TakenDialog({
  date,
  taken,
  restaurant,
  locale,
  words,
  isRunning,
  onKeep,
  onClose,
}: {
  date: string
  taken: z.infer<typeof takenFacts>
  restaurant: Restaurant
  locale: Locale
  words: Words
  isRunning: boolean
  onKeep: () => void
  onClose: () => void
}) {
  const told = words.closures.taken
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={fillIn(told.title, { date: formatDate({ date, locale }), count: taken.length })}
      closeLabel={words.close}
    >
      <p>{told.text}</p>
      <ul className="max-h-60 overflow-y-auto tabular-nums">
        {taken.map(({ tableNumber, startsAt }) => (
          <li key={`${tableNumber} ${startsAt}`}>
            {fillIn(told.slot, {
              time: nameTimeOn({ at: startsAt, date, timeZone: restaurant.timeZone, locale }),
              table: tableNumber,
            })}
          </li>
        ))}
      </ul>
      <PageLink
        href={`/owner?restaurant=${restaurant.slug}&date=${date}`}
        locale={locale}
        className={styleButton({ tone: 'outline', isWide: true })}
      >
        {told.board}
      </PageLink>
      <Button isWide disabled={isRunning} onClick={onKeep}>
        {told.keep}
      </Button>
    </Dialog>
  )
}

/** Single closed dates, and the way to add one. */
export function ClosuresPanel({
  restaurant,
  closures,
  locale,
  words,
}: {
  restaurant: Restaurant
  closures: Closure[]
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
  const taken =
    refusal?.reason === 'has-reservations' ? takenFacts.safeParse(refusal.details.taken).data : null
  const close = (keepsReservations: boolean) => {
    setDone(null)
    setMissing(date === null)
    if (date === null) return
    const asked = { restaurantId: restaurant.id, date, reason, keepsReservations, locale }
    setAsking(true)
    run(
      (version) => closeOwnDate({ ...asked, version }),
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
        <Button disabled={isRunning} onClick={() => close(false)}>
          {words.closures.add}
        </Button>
      </div>
      <Outcome refusal={taken ? null : refusal} done={done} words={words} />
      {taken && isAsking && date && (
        <TakenDialog
          date={date}
          taken={taken}
          restaurant={restaurant}
          locale={locale}
          words={words}
          isRunning={isRunning}
          onKeep={() => close(true)}
          onClose={() => setAsking(false)}
        />
      )}
    </section>
  )
}
