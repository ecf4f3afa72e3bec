'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { ask, type Problem } from '@/components/ui/client/ask'
import { Dialog } from '@/components/ui/dialog'
import { LiveArea } from '@/components/ui/status-message'
import { fillIn } from '@/components/ui/words'
import type { Author, ProvenAuthor } from '@/domain/restaurant/pin.schema'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { PinPad } from './pin-pad'

/** What is asked for: a PIN, or the one that replaces a one-time PIN. */
type Step = { person: Author; oneTime: string | null }

type Words = Messages['owner']['author']
type Place = { restaurantId: string; locale: Locale; words: Words }

function useProof({
  restaurantId,
  locale,
  words,
  onProven,
}: Place & { onProven: (author: ProvenAuthor) => void }) {
  const [isSending, setIsSending] = useState(false)
  const [told, setTold] = useState<string | null>(null)
  const tell = ({ reason, title, retryAfterMs }: Problem) =>
    setTold(
      reason === 'rate-limited' && retryAfterMs !== null
        ? fillIn(words.wait, { minutes: Math.ceil(retryAfterMs / 60_000) })
        : (title ?? words.failed),
    )
  /** The reason it was refused for. Null: it was not. */
  const send = async (body: { accountId: string; pin: string; newPin?: string }) => {
    setIsSending(true)
    setTold(null)
    const url = `/api/v1/restaurants/${restaurantId}/authors`
    const answer = await ask<ProvenAuthor>({ url, method: 'POST', body, locale })
    setIsSending(false)
    if (answer.kind === 'value') onProven(answer.value)
    else if (answer.kind !== 'problem') setTold(words.failed)
    else if (answer.problem.reason !== 'pin-must-change') tell(answer.problem)
    return answer.kind === 'problem' ? answer.problem.reason : null
  }
  return { isSending, told, setTold, send }
}

function Names({
  people,
  words,
  onChoose,
}: {
  people: Author[]
  words: Words
  onChoose: (person: Author) => void
}) {
  return (
    <ul className="grid grid-cols-2 gap-2">
      {people.map((person) => (
        <li key={person.accountId}>
          <Button
            size="large"
            tone="outline"
            isWide
            onClick={() => onChoose(person)}
            className="h-full"
          >
            <span className="flex min-w-0 flex-col">
              <bdi className="truncate">{person.name}</bdi>
              {!person.hasPin && (
                <span className="text-15 font-normal text-quiet">{words.noPin}</span>
              )}
            </span>
          </Button>
        </li>
      ))}
    </ul>
  )
}

/** Asks who acts: a name, then their PIN. What staff were about to do goes on once it is right. */
export function AuthorDialog({
  people,
  onProven,
  onLeave,
  ...place
}: Place & {
  people: Author[]
  onProven: (author: ProvenAuthor) => void
  onLeave: () => void
}) {
  const { words } = place
  const [step, setStep] = useState<Step | null>(null)
  const { isSending, told, setTold, send } = useProof({ ...place, onProven })
  const choose = (next: Step | null) => {
    setTold(null)
    setStep(next)
  }
  const enter = async (digits: string) => {
    if (!step) return
    const { person, oneTime } = step
    const { accountId } = person
    const body =
      oneTime === null ? { accountId, pin: digits } : { accountId, pin: oneTime, newPin: digits }
    if ((await send(body)) === 'pin-must-change') choose({ person, oneTime: digits })
  }
  const title = step ? fillIn(words.pinTitle, { name: step.person.name }) : words.title
  return (
    <Dialog isOpen onClose={onLeave} title={title} closeLabel={words.close} canClose={!isSending}>
      {step ? (
        <>
          {step.oneTime !== null && <p>{words.newPinLead}</p>}
          <PinPad
            key={`${step.person.accountId} ${step.oneTime ?? ''}`}
            words={words}
            label={step.oneTime === null ? words.pin : words.newPin}
            isBusy={isSending}
            onEnter={enter}
          />
          <LiveArea className="empty:hidden">
            {told && <p className="font-medium text-refusal">{told}</p>}
          </LiveArea>
          <Button
            tone="quiet"
            size="large"
            isWide
            onClick={() => choose(null)}
            disabled={isSending}
          >
            {words.other}
          </Button>
        </>
      ) : (
        <>
          <Names
            people={people}
            words={words}
            onChoose={(person) => choose({ person, oneTime: null })}
          />
          {people.some(({ hasPin }) => !hasPin) && (
            <p className="text-15 text-quiet">{words.noPinLead}</p>
          )}
        </>
      )}
    </Dialog>
  )
}
