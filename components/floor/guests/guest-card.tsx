'use client'

import clsx from 'clsx'
import { useId, useState } from 'react'
import { useWords } from '@/components/floor/words/use-words'
import { Button } from '@/components/ui/button'
import { fillIn } from '@/components/ui/words'
import type { GuestEntry } from '@/domain/floor/guest-entry.schema'
import type { PartyRef } from '@/domain/guest/entry.schema'
import { Fact } from './fact'
import { GuestForm } from './guest-form'
import { GuestTags } from './guest-tags'
import { MergeForm } from './merge-form'
import { RefusedMessage } from './refused-message'
import { type Refused, useGuestEntry, useGuestRequests } from './use-guest-entry'

function EntryFacts({ entry }: { entry: GuestEntry }) {
  const { words, nameInstant, nameLastingDate } = useWords()
  const { tags, note, dislikes, consent, lastVisit, visits, noShows, cancellations } = entry
  return (
    <dl className="border-b border-line">
      {tags.length > 0 && (
        <Fact label={words.guest.tags}>
          <span className="flex flex-wrap gap-1.5">
            <GuestTags tags={tags} />
          </span>
        </Fact>
      )}
      <Fact label={words.guest.history}>
        {fillIn(words.guest.counts, { visits, noShows, cancellations })}
      </Fact>
      {lastVisit && (
        <Fact label={words.guest.lastVisit}>
          {nameInstant({ at: lastVisit.startsAt, serviceDate: lastVisit.serviceDate })}
          {lastVisit.tableNumbers.length > 0 && (
            <>
              {' · '}
              <span className="whitespace-nowrap">
                {fillIn(words.party.tables, {
                  count: lastVisit.tableNumbers.length,
                  tables: lastVisit.tableNumbers.join(', '),
                })}
              </span>
            </>
          )}
        </Fact>
      )}
      {note && (
        <Fact label={words.guest.note}>
          <span className="whitespace-pre-line">{note}</span>
        </Fact>
      )}
      {dislikes && <Fact label={words.guest.dislikes}>{dislikes}</Fact>}
      {consent && (
        <Fact label={words.guest.consent}>
          {fillIn(words.guest.consentOf, {
            date: nameLastingDate(consent.at),
            way: words.guest.ways[consent.way],
          })}
        </Fact>
      )}
    </dl>
  )
}

/** Who else is this person, each with the way back. */
function MergedGuestList({ entry, onChanged }: { entry: GuestEntry; onChanged: () => void }) {
  const { words } = useWords()
  const { split } = useGuestRequests()
  const [isSending, setIsSending] = useState(false)
  const [refused, setRefused] = useState<Refused>(null)
  const takeBack = async (guestId: string) => {
    setIsSending(true)
    const answer = await split(guestId)
    setIsSending(false)
    setRefused(answer)
    if (answer === null) onChanged()
  }
  return (
    <section aria-label={words.guest.merged} className="flex flex-col gap-2">
      {entry.merged.map(({ id, name, phone, email }) => (
        <div key={id} className="flex items-center justify-between gap-3">
          <p className="min-w-0">
            {fillIn(words.guest.mergedOf, { name })}{' '}
            <span className={clsx('text-quiet tabular-nums', phone && 'whitespace-nowrap')}>
              {phone ?? email}
            </span>
          </p>
          <Button
            size="large"
            tone="outline"
            disabled={isSending}
            className="shrink-0 px-3! text-17!"
            onClick={() => takeBack(id)}
          >
            {words.guest.split}
          </Button>
        </div>
      ))}
      <RefusedMessage refused={refused} />
    </section>
  )
}

type Doing = 'READING' | 'CHANGING' | 'MERGING'

function Entry({ guestId }: { guestId: string }) {
  const { words } = useWords()
  const { state, reload, change } = useGuestEntry(guestId)
  const [doing, setDoing] = useState<Doing>('READING')
  const back = () => setDoing('READING')
  if (state.kind === 'LOADING') return <p className="text-quiet">{words.guest.loading}</p>
  if (state.kind === 'FAILED')
    return (
      <div className="flex flex-col gap-2">
        <p className="text-quiet">{words.guest.failed}</p>
        <Button size="large" tone="outline" onClick={() => void reload()}>
          {words.guest.retry}
        </Button>
      </div>
    )
  const { entry } = state
  if (doing === 'CHANGING')
    return <GuestForm entry={entry} onSave={change} onReload={reload} onDone={back} />
  if (doing === 'MERGING')
    return (
      <MergeForm
        entry={entry}
        onMerged={() => {
          back()
          void reload()
        }}
        onCancel={back}
      />
    )
  return (
    <>
      <EntryFacts entry={entry} />
      {entry.merged.length > 0 && <MergedGuestList entry={entry} onChanged={() => void reload()} />}
      <div className="grid grid-cols-2 gap-3">
        <Button size="large" tone="outline" onClick={() => setDoing('CHANGING')}>
          {words.guest.edit}
        </Button>
        <Button size="large" tone="outline" onClick={() => setDoing('MERGING')}>
          {words.guest.merge}
        </Button>
      </div>
    </>
  )
}

/** A diner is in the book once staff have something to say about them. */
function WriteDown({ party, onWritten }: { party: PartyRef; onWritten: (id: string) => void }) {
  const { words } = useWords()
  const { writeDown } = useGuestRequests()
  const [isSending, setIsSending] = useState(false)
  const [refused, setRefused] = useState<Refused>(null)
  const write = async () => {
    setIsSending(true)
    const answer = await writeDown(party)
    setIsSending(false)
    if (answer !== null && answer !== 'lost' && 'id' in answer) onWritten(answer.id)
    else setRefused(answer)
  }
  return (
    <div className="flex flex-col gap-2">
      <Button size="large" isWide tone="outline" disabled={isSending} onClick={write}>
        {words.guest.writeDown}
      </Button>
      <p className="text-center text-15 text-quiet">{words.guest.writeDownHint}</p>
      <RefusedMessage refused={refused} />
    </div>
  )
}

/** What the restaurant knows of a party's person beyond tonight, and the way to say more. */
export function GuestCard({
  entryId,
  party,
}: {
  /** Null: nobody has written the person down. */
  entryId: string | null
  party: PartyRef
}) {
  const { words } = useWords()
  const id = useId()
  const [writtenId, setWrittenId] = useState<string | null>(null)
  const guestId = entryId ?? writtenId
  return (
    <section aria-labelledby={id} className="flex flex-col gap-3">
      <h3 id={id} className="font-semibold">
        {words.guest.title}
      </h3>
      {guestId === null ? (
        <WriteDown party={party} onWritten={setWrittenId} />
      ) : (
        <Entry key={guestId} guestId={guestId} />
      )}
    </section>
  )
}
