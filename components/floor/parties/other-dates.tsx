'use client'

import { useEffect, useState } from 'react'
import { AllergyMark } from '@/components/floor/guests/allergies'
import { GuestTags } from '@/components/floor/guests/guest-tags'
import { useBoardControls, useBoardView } from '@/components/floor/state/board-context'
import { StatusWord } from '@/components/floor/words/status-word'
import { useWords } from '@/components/floor/words/use-words'
import { Button } from '@/components/ui/button'
import { ask } from '@/components/ui/client/ask'
import { useIsOffline } from '@/components/ui/offline-notice'
import { PageLink } from '@/components/ui/page-link'
import { LiveArea } from '@/components/ui/status-message'
import { fillIn } from '@/components/ui/words'
import { linkToParty } from '@/domain/floor/check-in.rules'
import type { PartyOnOtherDate } from '@/domain/floor/other-dates.schema'
import { tellAllergies } from '@/domain/floor/party.rules'
import { planSearch } from '@/domain/guest/search.rules'
import type { Locale } from '@/lib/i18n/locale'

/** The search waits until typing pauses. */
const REST_MS = 350

type Finding = { kind: 'SEARCHING' | 'FAILED' } | { kind: 'FOUND'; items: PartyOnOtherDate[] }

type Asked = { restaurantId: string; date: string; search: string; locale: Locale }

async function find({ restaurantId, locale, ...query }: Asked): Promise<Finding> {
  const url = `/api/v1/restaurants/${restaurantId}/parties?${new URLSearchParams(query)}`
  const answer = await ask<{ items: PartyOnOtherDate[] }>({ url, locale })
  return answer.kind === 'value' ? { kind: 'FOUND', items: answer.value.items } : { kind: 'FAILED' }
}

function useFinding({ restaurantId, date, search, locale }: Asked, round: number): Finding {
  const [finding, setFinding] = useState<Finding>({ kind: 'SEARCHING' })
  useEffect(() => {
    let isCurrent = true
    setFinding({ kind: 'SEARCHING' })
    // A further round comes from a pressed button, so it starts at once.
    const restMs = round === 0 ? REST_MS : 0
    const timer = setTimeout(async () => {
      const found = await find({ restaurantId, date, search, locale })
      if (isCurrent) setFinding(found)
    }, restMs)
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [restaurantId, date, search, locale, round])
  return finding
}

function Found({ item }: { item: PartyOnOtherDate }) {
  const { slug, locale } = useBoardControls().identity
  const { today } = useBoardView()
  const { words, nameMoment, nameParty, sizeParty } = useWords()
  const { serviceDate, startsAt, reservationId, status, partySize, entry } = item
  const values = {
    name: nameParty({ name: item.name, walkIn: false }),
    size: sizeParty({ partySize }),
    when: nameMoment({ at: startsAt, serviceDate }),
    status: words.status[status],
  }
  return (
    <li>
      <PageLink
        href={linkToParty({ slug, serviceDate, today, reservationId })}
        locale={locale}
        aria-label={fillIn(words.otherDates.open, values)}
        className="flex min-h-20 flex-col justify-center gap-0.5 rounded-small border border-line bg-raised px-3 py-2 text-ink no-underline hover:border-quiet"
      >
        <span className="text-20 font-semibold tabular-nums">{values.when}</span>
        <span className="flex flex-wrap items-baseline gap-x-2">
          <span className="font-semibold">{values.name}</span>
          <span className="tabular-nums">{values.size}</span>
          <StatusWord status={status} lateness="ON_TIME">
            {values.status}
          </StatusWord>
          {entry && <GuestTags tags={entry.tags} />}
        </span>
        <AllergyMark text={tellAllergies(item)} />
      </PageLink>
    </li>
  )
}

/** Nobody on this day matches, so the server searches the other dates. */
export function OtherDates({ search }: { search: string }) {
  const { words } = useWords()
  const { locale } = useBoardControls().identity
  const { restaurantId, serviceDate: date } = useBoardView()
  const isOffline = useIsOffline()
  const [round, setRound] = useState(0)
  const finding = useFinding({ restaurantId, date, search, locale }, round)
  const { name, ends } = planSearch(search)
  const isTooShort = ends === null && (name === null || search.length < 2)
  if (isTooShort) return <p className="text-quiet">{words.otherDates.short}</p>
  if (isOffline) return <p className="text-quiet">{words.otherDates.offline}</p>
  const items = finding.kind === 'FOUND' ? finding.items : []
  return (
    <div className="flex flex-col gap-2">
      <LiveArea className="text-quiet">
        {finding.kind === 'SEARCHING' && words.otherDates.searching}
        {finding.kind === 'FAILED' && words.otherDates.failed}
        {finding.kind === 'FOUND' &&
          (items.length > 0 ? words.otherDates.found : words.otherDates.none)}
      </LiveArea>
      {finding.kind === 'FAILED' && (
        <Button size="large" tone="outline" onClick={() => setRound(round + 1)}>
          {words.otherDates.retry}
        </Button>
      )}
      <ul className="flex flex-col gap-2 empty:hidden">
        {items.map((item) => (
          <Found key={item.reservationId} item={item} />
        ))}
      </ul>
    </div>
  )
}
