'use client'

import { useRef, useState } from 'react'
import { useBoardControls, useBoardView } from '@/components/floor/state/board-context'
import { useWords } from '@/components/floor/words/use-words'
import { Button, styleButton } from '@/components/ui/button'
import { PageLink } from '@/components/ui/page-link'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { fillIn } from '@/components/ui/words'
import { linkToParty, readCode } from '@/domain/floor/check-in.rules'
import type { CheckIn } from '@/domain/floor/check-in.schema'
import { askCheckIn } from './ask-check-in'
import { SidePanel } from './side-panel'
import { useScanner } from './use-scanner'

type ScanOutcome =
  | { kind: 'FOREIGN_CODE' | 'NOT_FOUND' | 'SIGNED_OUT' | 'OFFLINE' }
  | { kind: 'OTHER_BOARD'; checkIn: CheckIn }

function OtherBoard({ checkIn }: { checkIn: CheckIn }) {
  const { words, nameMoment } = useWords()
  const { restaurantName, restaurantNameEn, serviceDate, startsAt } = checkIn
  const { locale } = useBoardControls().identity
  const { restaurantId } = useBoardView()
  const isHere = checkIn.restaurantId === restaurantId
  const restaurant = (locale === 'en' && restaurantNameEn) || restaurantName
  return (
    <StatusMessage
      tone="waiting"
      title={
        isHere
          ? fillIn(words.scan.OTHER_DATE, {
              when: nameMoment({ at: startsAt, serviceDate }),
            })
          : fillIn(words.scan.OTHER_RESTAURANT, { restaurant })
      }
      actions={
        <PageLink
          href={linkToParty(checkIn)}
          locale={locale}
          className={styleButton({ tone: 'outline', size: 'large', isWide: true })}
        >
          {words.scan.goTo}
        </PageLink>
      }
    />
  )
}

/** Reads the code on a guest's phone; a party of this day opens at once. */
export function ScanPanel({ onFound }: { onFound: (reservationId: string) => void }) {
  const { words } = useWords()
  const { origin, locale } = useBoardControls().identity
  const { restaurantId, serviceDate, parties } = useBoardView()
  const [round, setRound] = useState(0)
  const [told, setTold] = useState<ScanOutcome | null>(null)
  const lastCode = useRef<string | null>(null)

  async function lookUp(reservationId: string): Promise<void> {
    const answer = await askCheckIn({ reservationId, locale })
    // A code that could not be looked up may be shown again.
    if (answer.kind === 'OFFLINE') lastCode.current = null
    if (answer.kind !== 'FOUND') return setTold({ kind: answer.kind })
    const { checkIn } = answer
    const isOfThisDay = checkIn.restaurantId === restaurantId && checkIn.serviceDate === serviceDate
    if (isOfThisDay) onFound(reservationId)
    else setTold({ kind: 'OTHER_BOARD', checkIn })
  }

  function handleCode(text: string) {
    if (text === lastCode.current) return
    lastCode.current = text
    const reservationId = readCode({ text, origins: [origin, window.location.origin] })
    if (!reservationId) return setTold({ kind: 'FOREIGN_CODE' })
    // Parties on the board are found without a network.
    if (parties.some((party) => party.reservationId === reservationId))
      return onFound(reservationId)
    void lookUp(reservationId)
  }

  const { video, camera } = useScanner({ round, onCode: handleCode })
  const isOff = camera !== 'ON' && camera !== 'STARTING'
  return (
    <SidePanel title={words.scan.title}>
      <div
        hidden={isOff}
        className="relative aspect-4/3 max-h-[50dvh] overflow-hidden rounded-card bg-ink"
      >
        <video ref={video} muted playsInline className="size-full object-cover" />
        <span
          aria-hidden="true"
          className="absolute inset-0 m-auto aspect-square h-3/5 rounded-card border-4 border-paper/90"
        />
      </div>
      <LiveArea className="flex flex-col gap-3">
        {camera === 'STARTING' && <p>{words.scan.starting}</p>}
        {camera === 'ON' && !told && <p>{words.scan.aim}</p>}
        {isOff && <StatusMessage tone="refusal" title={words.scan[camera]} />}
        {told?.kind === 'OTHER_BOARD' && <OtherBoard checkIn={told.checkIn} />}
        {told && told.kind !== 'OTHER_BOARD' && (
          <StatusMessage tone="refusal" title={words.scan[told.kind]} />
        )}
      </LiveArea>
      {isOff && camera !== 'INSECURE' && (
        <Button size="large" isWide tone="outline" onClick={() => setRound(round + 1)}>
          {words.scan.again}
        </Button>
      )}
    </SidePanel>
  )
}
