'use client'

import { z } from 'zod'
import { Button, styleButton } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { TextField } from '@/components/ui/field'
import { PageLink } from '@/components/ui/page-link'
import { fillIn } from '@/components/ui/words'
import { sayReason } from '@/domain/notification/usual-reason.rules'
import { usualReasons } from '@/domain/notification/usual-reason.types'
import type { OwnRestaurant } from '@/domain/restaurant/types'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { formatDate, nameTimeOn } from '@/lib/i18n/moment'

export const bookedParties = z.array(
  z.object({
    id: z.uuid(),
    startsAt: z.string(),
    partySize: z.int(),
    name: z.string().nullable(),
    tableNumbers: z.array(z.int()),
  }),
)
type BookedParties = z.infer<typeof bookedParties>

/** No date is closed because one guest has asked for it. */
const OFFERED = usualReasons.filter((usual) => usual !== 'ASKED')

/** The usual reason whose words these are, so that each guest reads it in their own language. */
export const findUsualReason = (asked: { reason: string; locale: Locale }) =>
  OFFERED.find(
    (usualReason) =>
      sayReason({ reason: null, usualReason, locale: asked.locale }) === asked.reason.trim(),
  )

/** The parties booked on that date: all of them are told, or all of them come. */
export function BookedDialog({
  date,
  parties,
  reason,
  restaurant,
  locale,
  words,
  isRunning,
  onReason,
  onCancel,
  onKeep,
  onClose,
}: {
  date: string
  parties: BookedParties
  /** What the guests read; nobody is cancelled without one. */
  reason: string
  restaurant: Pick<OwnRestaurant, 'slug' | 'timeZone'>
  locale: Locale
  words: Messages['schedule']
  isRunning: boolean
  onReason: (reason: string) => void
  onCancel: () => void
  onKeep: () => void
  onClose: () => void
}) {
  const told = words.closures.taken
  const count = parties.length
  return (
    <Dialog
      isOpen
      onClose={onClose}
      canClose={!isRunning}
      title={fillIn(told.title, { date: formatDate({ date, locale }), count })}
      closeLabel={words.close}
    >
      <p>{told.text}</p>
      <ul className="max-h-60 overflow-y-auto tabular-nums">
        {parties.map(({ id, name, startsAt, partySize, tableNumbers }) => (
          <li key={id} className="flex gap-2 border-b border-line py-2">
            <span className="font-medium">
              {nameTimeOn({ at: startsAt, date, timeZone: restaurant.timeZone, locale })}
            </span>
            <span className="grow">
              <bdi>{name ?? told.nameless}</bdi> · {fillIn(told.size, { count: partySize })}
            </span>
            <span className="text-quiet">
              {fillIn(told.tables, { tables: tableNumbers.join(', ') })}
            </span>
          </li>
        ))}
      </ul>
      <fieldset className="flex flex-wrap gap-2">
        <legend className="mb-2 font-semibold">{told.usual}</legend>
        {OFFERED.map((usualReason) => {
          const text = sayReason({ reason: null, usualReason, locale }) ?? ''
          return (
            <Button
              key={usualReason}
              tone="outline"
              aria-pressed={reason === text}
              disabled={isRunning}
              onClick={() => onReason(text)}
            >
              {text}
            </Button>
          )
        })}
      </fieldset>
      <TextField
        label={told.reason}
        placeholder={words.closures.reasonExample}
        maxLength={100}
        value={reason}
        disabled={isRunning}
        onChange={(event) => onReason(event.target.value)}
      />
      <PageLink
        href={`/owner?restaurant=${restaurant.slug}&date=${date}`}
        locale={locale}
        className={styleButton({ tone: 'outline', isWide: true })}
      >
        {told.board}
      </PageLink>
      <Button isWide tone="outline" disabled={isRunning} onClick={onKeep}>
        {told.keep}
      </Button>
      <p role="status" className="text-15 text-quiet empty:hidden">
        {reason.trim() === '' && told.reasonFirst}
      </p>
      <Button isWide tone="danger" disabled={isRunning || reason.trim() === ''} onClick={onCancel}>
        {fillIn(told.cancel, { count })}
      </Button>
    </Dialog>
  )
}
