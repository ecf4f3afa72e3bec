'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { useAction } from '@/components/ui/use-action'
import { fillIn } from '@/components/ui/words'
import { givePin } from '@/domain/restaurant/author.actions'
import type { StaffMember } from '@/domain/restaurant/staff.schema'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'

/** Gives a member of staff a PIN for once, and shows it this once. */
export function GivePin({
  restaurantId,
  member: { accountId, name },
  locale,
  words,
}: {
  restaurantId: string
  member: StaffMember
  locale: Locale
  words: Messages['settings']['staff']
}) {
  const [isOpen, setIsOpen] = useState(false)
  const [given, setGiven] = useState<string | null>(null)
  const { run, isRunning, refusal } = useAction({ failed: words.failed })
  const give = () =>
    run(
      () => givePin({ restaurantId, accountId, locale }),
      ({ pin }) => setGiven(pin),
    )
  return (
    <>
      <Button
        tone="quiet"
        aria-label={`${name}: ${words.pin.give}`}
        onClick={() => {
          setGiven(null)
          setIsOpen(true)
        }}
      >
        {words.pin.give}
      </Button>
      <Dialog
        isOpen={isOpen}
        onClose={() => setIsOpen(false)}
        title={fillIn(given === null ? words.pin.title : words.pin.givenTitle, { name })}
        closeLabel={words.close}
        canClose={!isRunning}
      >
        <p>{given === null ? words.pin.text : words.pin.once}</p>
        <LiveArea className="empty:hidden">
          {given !== null && (
            <p className="text-center text-44 font-bold tracking-widest tabular-nums">{given}</p>
          )}
          {refusal && given === null && <StatusMessage tone="refusal" title={refusal.words} />}
        </LiveArea>
        {given === null ? (
          <Button size="large" isWide disabled={isRunning} onClick={give}>
            {words.pin.give}
          </Button>
        ) : (
          <Button size="large" tone="outline" isWide onClick={() => setIsOpen(false)}>
            {words.close}
          </Button>
        )}
      </Dialog>
    </>
  )
}
