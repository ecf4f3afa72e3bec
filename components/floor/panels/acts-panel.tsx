'use client'

import { useBoardControls, useBoardView } from '@/components/floor/state/board-context'
import { useWords } from '@/components/floor/words/use-words'
import { Button } from '@/components/ui/button'
import { PageLink } from '@/components/ui/page-link'
import { StatusMessage } from '@/components/ui/status-message'
import { fillIn } from '@/components/ui/words'
import type { FloorAct } from '@/domain/floor/acts.schema'
import { SidePanel } from './side-panel'
import { useFloorActs } from './use-floor-acts'

const hasKey = <Words extends object>(words: Words, key: PropertyKey): key is keyof Words =>
  key in words

/** The party of an act, which a tap opens. */
function ActParty({ party }: { party: NonNullable<FloorAct['party']> }) {
  const { words, nameTime, nameParty, sizeParty } = useWords()
  const { openPanel, identity } = useBoardControls()
  const { parties } = useBoardView()
  const { reservationId, serviceDate, startsAt } = party
  const told = fillIn(words.tonightActs.party, {
    time: nameTime(startsAt, serviceDate),
    name: nameParty(party),
    size: sizeParty(party),
  })
  const look = 'flex min-h-12 items-center text-left font-semibold underline underline-offset-4'
  if (parties.some((shown) => shown.reservationId === reservationId))
    return (
      <button
        type="button"
        className={look}
        onClick={() => openPanel({ kind: 'PARTY', reservationId, isCheckedIn: false })}
      >
        {told}
      </button>
    )
  const query = new URLSearchParams({
    restaurant: identity.slug,
    date: serviceDate,
    party: reservationId,
  })
  return (
    <PageLink href={`/owner?${query}`} locale={identity.locale} className={look}>
      {told}
    </PageLink>
  )
}

function Act({
  act: { at, act, by, party, ticketNumber, tableNumbers, isUndone },
}: {
  act: FloorAct
}) {
  const { words, formatTime } = useWords()
  const { acts, roles, staffRoles } = words.tonightActs
  const nameAuthor = ({ name, role }: FloorAct['by']) => {
    if (name === null || !hasKey(staffRoles, role)) return name ?? roles[role]
    return fillIn(words.tonightActs.by, { name, role: staffRoles[role] })
  }
  return (
    <li className="flex flex-col border-t border-line py-2">
      <p className="tabular-nums">
        <time dateTime={at} className="text-quiet">
          {formatTime(at)}
        </time>{' '}
        <span className="font-semibold">
          {hasKey(acts, act) ? acts[act] : words.tonightActs.other}
        </span>
        {isUndone && <span className="text-quiet"> · {words.tonightActs.undone}</span>}
      </p>
      <p className="text-15 text-quiet">{nameAuthor(by)}</p>
      {party && <ActParty party={party} />}
      {ticketNumber !== null && <p>{fillIn(words.tonightActs.ticket, { number: ticketNumber })}</p>}
      {tableNumbers.length > 0 && (
        <p>{fillIn(words.closing.tablesNamed, { tables: tableNumbers.join(', ') })}</p>
      )}
    </li>
  )
}

/** Who did what on the board's date, newest first. */
export function ActsPanel() {
  const { words } = useWords()
  const { acts, isLost, readMore } = useFloorActs()
  return (
    <SidePanel title={words.tonightActs.title}>
      {isLost && <StatusMessage tone="refusal" title={words.tonightActs.lost} />}
      {!acts && !isLost && <p className="text-quiet">{words.tonightActs.loading}</p>}
      {acts?.length === 0 && <p className="text-quiet">{words.tonightActs.none}</p>}
      <ul className="flex flex-col">
        {acts?.map((act) => (
          <Act key={act.id} act={act} />
        ))}
      </ul>
      {readMore && (
        <Button size="large" tone="outline" isWide onClick={readMore}>
          {words.tonightActs.more}
        </Button>
      )}
    </SidePanel>
  )
}
