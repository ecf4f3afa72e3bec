'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { useAction } from '@/components/ui/use-action'
import { fillIn } from '@/components/ui/words'
import { revokeOwnKiosk } from '@/domain/line/actions'
import type { Kiosk } from '@/domain/line/kiosk.schema'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { formatDateOfYear, nameMoment, readLocalDate } from '@/lib/i18n/moment'

/** The tablets that may take tickets, each with a button to revoke it. */
export function KioskList({
  restaurantId,
  kiosks,
  timeZone,
  locale,
  words,
}: {
  restaurantId: string
  kiosks: Kiosk[]
  timeZone: string
  locale: Locale
  words: Messages['kiosk']['setting']
}) {
  const [wish, setWish] = useState<Kiosk | null>(null)
  const [isRevoked, setIsRevoked] = useState(false)
  const { run, isRunning, refusal } = useAction({ failed: words.failed })
  const revoke = ({ id: kioskId }: Kiosk) =>
    run(
      () => revokeOwnKiosk({ restaurantId, kioskId, locale }),
      () => {
        setWish(null)
        setIsRevoked(true)
      },
    )
  const dateOf = (at: string) => formatDateOfYear({ date: readLocalDate({ at, timeZone }), locale })
  return (
    <div className="flex flex-col gap-3">
      <LiveArea className="empty:hidden">
        {isRevoked && <StatusMessage tone="confirmed" title={words.revoked} />}
      </LiveArea>
      {kiosks.length === 0 && <p className="text-quiet">{words.empty}</p>}
      {kiosks.length > 0 && (
        <ul className="flex flex-col divide-y divide-line rounded-card border border-line bg-raised">
          {kiosks.map((kiosk) => (
            <li key={kiosk.id} className="flex flex-wrap items-center justify-between gap-2 p-4">
              <span className="flex min-w-0 flex-col">
                <span className="font-semibold">{kiosk.name}</span>
                <span className="text-15 text-quiet tabular-nums">
                  {fillIn(words.created, { date: dateOf(kiosk.createdAt) })} ·{' '}
                  {kiosk.lastTicketAt
                    ? fillIn(words.used, {
                        time: nameMoment({ at: kiosk.lastTicketAt, timeZone, locale }),
                      })
                    : words.unused}
                </span>
              </span>
              <Button
                tone="quiet"
                className="text-refusal"
                aria-label={`${kiosk.name}: ${words.revoke}`}
                onClick={() => {
                  setIsRevoked(false)
                  setWish(kiosk)
                }}
              >
                {words.revoke}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <ConfirmDialog
        isOpen={wish !== null}
        title={fillIn(words.revokeTitle, { name: wish?.name ?? '' })}
        confirm={isRunning ? words.working : words.revoke}
        cancel={words.cancel}
        closeLabel={words.close}
        isRunning={isRunning}
        refusal={refusal?.words}
        onConfirm={() => wish && revoke(wish)}
        onClose={() => setWish(null)}
      >
        {words.revokeText}
      </ConfirmDialog>
    </div>
  )
}
