'use client'

import { useBoardView } from '@/components/floor/state/board-context'
import { useWords } from '@/components/floor/words/use-words'
import { useIsPrinting } from '@/components/ui/client/use-is-printing'
import { fillIn } from '@/components/ui/words'
import { endOfPhone, listForPaper } from '@/domain/floor/paper.rules'
import { tellAllergies } from '@/domain/floor/party.rules'
import type { DayParty } from '@/domain/floor/schema'

const cell = 'border-b border-line px-1.5 py-0.5 text-left align-top'

function PaperRow({ party, nowMs }: { party: DayParty; nowMs: number }) {
  const { words, nameTime, nameParty, sizeParty, describeStatus } = useWords()
  const allergies = tellAllergies(party)
  const phone = endOfPhone(party.phone)
  const notes = [party.staffNote, party.note].filter((note) => note !== null)
  return (
    <tr className="break-inside-avoid">
      <td className={`${cell} font-semibold whitespace-nowrap tabular-nums`}>
        {nameTime(party.startsAt)}
      </td>
      <td className={cell}>
        <span className="font-semibold">{nameParty(party)}</span>
        {phone && <span className="whitespace-nowrap tabular-nums"> · {phone}</span>}
        {party.status !== 'CONFIRMED' && (
          <span className="whitespace-nowrap"> · {describeStatus({ party, nowMs })}</span>
        )}
      </td>
      <td className={`${cell} whitespace-nowrap tabular-nums`}>{sizeParty(party)}</td>
      <td className={`${cell} tabular-nums`}>{party.tableNumbers.join(', ')}</td>
      <td className={cell}>
        {allergies && (
          <strong className="font-bold">
            {fillIn(words.party.allergyMark, { allergies })}
            {notes.length > 0 && ' · '}
          </strong>
        )}
        {notes.join(' · ')}
      </td>
    </tr>
  )
}

/** The evening on A4, by time. It is made only for paper: on a screen the list says the same. */
export function EveningPaper() {
  const isPrinting = useIsPrinting()
  const { parties, nowMs } = useBoardView()
  const { words } = useWords()
  if (!isPrinting) return null
  const { time, guest, size, tables, notes } = words.paper
  const shown = listForPaper(parties)
  if (shown.length === 0) return <p>{words.paper.empty}</p>
  return (
    <table className="mt-3 w-full border-collapse text-15 leading-snug">
      <thead>
        <tr>
          {[time, guest, size, tables, notes].map((title) => (
            <th
              key={title}
              scope="col"
              // What guests need to be known by stays in one line beside a long note.
              className={`${cell} border-b-2 border-ink font-semibold whitespace-nowrap ${title === guest ? 'w-1/4' : ''}`}
            >
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {shown.map((party) => (
          <PaperRow key={party.reservationId} party={party} nowMs={nowMs} />
        ))}
      </tbody>
    </table>
  )
}
