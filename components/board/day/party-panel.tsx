'use client'

import type { ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { PhoneIcon } from '@/components/ui/icons'
import { countMinutesLate, listOfferedActs } from '@/domain/board/day/party/rules'
import type { DayParty } from '@/domain/board/day/types'
import type { ReservationAct } from '@/domain/booking/types'
import { SidePanel } from './side-panel'
import { StatusWord } from './status-word'
import { keyOf } from './use-acts'
import { useWords } from './use-words'

const tones = {
  CONFIRM: 'main',
  SEAT: 'main',
  LEAVE: 'main',
  NO_SHOW: 'outline',
  CORRECT_NO_SHOW: 'outline',
  CANCEL: 'danger',
} as const
/** The likeliest first, what takes something away last. */
const ORDER: ReservationAct[] = ['SEAT', 'LEAVE', 'CORRECT_NO_SHOW', 'NO_SHOW', 'CANCEL']

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex gap-4 border-t border-line py-3">
      <dt className="w-16 shrink-0 text-quiet">{label}</dt>
      <dd className="min-w-0 grow font-medium tabular-nums">{children}</dd>
    </div>
  )
}

function PartyFacts({ party }: { party: DayParty }) {
  const { t, formatTime, sizeParty } = useWords()
  const { startsAt, endsAt, tableNumbers, note, phone } = party
  return (
    <dl className="border-b border-line">
      <Fact label={t('party.time')}>
        {t('party.until', { from: formatTime(startsAt), to: formatTime(endsAt) })}
      </Fact>
      <Fact label={t('party.headcount')}>{sizeParty(party)}</Fact>
      <Fact label={t('party.place')}>{t('party.tables', { tables: tableNumbers.join(', ') })}</Fact>
      {note && (
        <Fact label={t('party.note')}>
          <span className="whitespace-pre-line">{note}</span>
        </Fact>
      )}
      {!party.walkIn && (
        <Fact label={t('party.phone')}>
          {phone ? (
            <a
              href={`tel:${phone.replace(/[^\d+]/g, '')}`}
              className="-my-3 inline-flex min-h-16 items-center gap-2 font-semibold underline"
            >
              <PhoneIcon />
              {phone}
            </a>
          ) : (
            <span className="font-normal text-quiet">{t('party.noPhone')}</span>
          )}
        </Fact>
      )}
    </dl>
  )
}

/** Everything about a party, and what can be done now, each with one tap. */
export function PartyPanel({
  party,
  nowMs,
  pending,
  over,
  onAct,
  onClose,
}: {
  party: DayParty
  nowMs: number
  pending: ReadonlySet<string>
  over: ReactNode
  onAct: (party: DayParty, act: ReservationAct) => void
  onClose: () => void
}) {
  const { t, formatTime, nameParty, describeStatus } = useWords()
  const offered = listOfferedActs({ party, nowMs })
  const acts = ORDER.filter((act) => offered.includes(act))
  return (
    <SidePanel title={nameParty(party)} closeLabel={t('party.close')} onClose={onClose} over={over}>
      <div className="-mt-3 flex flex-col gap-1 text-20" aria-live="polite">
        <StatusWord status={party.status} isLate={countMinutesLate({ party, nowMs }) > 0}>
          {describeStatus({ party, nowMs })}
        </StatusWord>
        {party.status === 'HELD' && party.holdExpiresAt && (
          <p className="text-17 text-quiet">
            {t('party.holdUntil', { time: formatTime(party.holdExpiresAt) })}
          </p>
        )}
        {party.cancelledBy && (
          <p className="text-17 text-quiet">{t(`party.cancelledBy.${party.cancelledBy}`)}</p>
        )}
      </div>
      <PartyFacts party={party} />
      {acts.length === 0 && <p className="text-quiet">{t('party.done')}</p>}
      <div className="flex flex-col gap-3">
        {acts.map((act) => (
          <Button
            key={act}
            size="large"
            isWide
            tone={tones[act]}
            disabled={pending.has(keyOf({ party, work: act }))}
            onClick={() => onAct(party, act)}
          >
            {t(`acts.${act}`)}
          </Button>
        ))}
      </div>
    </SidePanel>
  )
}
