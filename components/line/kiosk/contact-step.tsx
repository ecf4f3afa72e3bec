'use client'

import clsx from 'clsx'
import { useEffect, useRef, useState } from 'react'
import { BookingProgress } from '@/components/booking/booking-progress'
import { Button } from '@/components/ui/button'
import { TextField } from '@/components/ui/field'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { tidyAddress } from '@/lib/text/typed'
import { stripPhone } from '@/lib/text/typed-phone'
import { RememberGuest } from './remember-guest'
import type { Contact, KioskTaking } from './use-kiosk-taking'
import type { KioskWords } from './words'

const ways = ['MAIL', 'PHONE', 'NONE'] as const
type Way = (typeof ways)[number]

/** The server decides what it accepts; this check only saves a round trip. */
function readContact({ way, text }: { way: Exclude<Way, 'NONE'>; text: string }) {
  const given = tidyAddress(text)
  if (way === 'MAIL') return /^\S+@\S+\.\S+$/.test(given) ? { email: given } : undefined
  const phone = stripPhone(given)
  return /^(?:01\d{8,9}|(?:\+|00)[1-9]\d{7,14})$/.test(phone) ? { phone } : undefined
}

/** Mail, phone or neither, and one button; a guest can join without leaving contact details. */
export function ContactStep({
  taking: { state, isRunning, trouble },
  restaurant,
  onBack,
  onTake,
  words,
}: {
  taking: KioskTaking
  /** Its name, in the guest's language if it has one. */
  restaurant: string
  onBack: () => void
  onTake: (contact: Contact) => void
  words: KioskWords
}) {
  const [way, setWay] = useState<Way>('NONE')
  const [text, setText] = useState('')
  /** The name under which the guest agrees to be remembered. Null: they don't. */
  const [name, setName] = useState<string | null>(null)
  const [isWrong, setIsWrong] = useState(false)
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => title.current?.focus(), [])
  const submit = () => {
    if (way === 'NONE') return onTake(null)
    const contact = readContact({ way, text })
    const given = name?.trim()
    setIsWrong(contact === undefined || given === '')
    if (contact && given !== '') onTake({ ...contact, ...(given && { name: given }) })
  }
  return (
    <form
      noValidate
      className="m-auto flex w-full max-w-160 flex-col gap-6"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <div className="flex flex-col gap-1 text-center">
        <h1 ref={title} tabIndex={-1} className="text-44 leading-tight font-bold outline-none">
          {words.contact}
        </h1>
        <p className="text-20 text-quiet">{words.contactText}</p>
      </div>
      <fieldset disabled={isRunning} className="flex flex-col gap-2">
        <legend className="sr-only">{words.contact}</legend>
        {ways.map((choice) => (
          <label
            key={choice}
            className={clsx(
              'flex min-h-20 cursor-pointer items-center gap-4 rounded-small border bg-raised px-4 has-focus-visible:outline-3 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent',
              choice === way ? 'border-2 border-ink' : 'border-line hover:border-quiet',
            )}
          >
            <input
              type="radio"
              name="way"
              value={choice}
              checked={choice === way}
              onChange={() => {
                setWay(choice)
                setText('')
                setName(null)
                setIsWrong(false)
              }}
              className="size-7 shrink-0 accent-accent"
            />
            <span className="flex flex-col">
              <span className="text-20 font-semibold">{words[choice]}</span>
              <span className="text-quiet">{words[`${choice}Text`]}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {way !== 'NONE' && (
        <TextField
          key={way}
          label={way === 'MAIL' ? words.mailLabel : words.phoneLabel}
          hint={name === null && words.privacy}
          error={
            isWrong &&
            !readContact({ way, text }) &&
            (way === 'MAIL' ? words.mailWrong : words.phoneWrong)
          }
          type={way === 'MAIL' ? 'email' : 'tel'}
          inputMode={way === 'MAIL' ? 'email' : 'tel'}
          placeholder={way === 'MAIL' ? undefined : '010-0000-0000'}
          value={text}
          maxLength={254}
          // Guests share the tablet, so it must not suggest one guest's address to the next.
          autoComplete="off"
          autoFocus
          disabled={isRunning}
          onChange={(event) => setText(event.target.value)}
          className="min-h-16 text-20!"
        />
      )}
      {way !== 'NONE' && (
        <RememberGuest
          name={name}
          isWrong={isWrong && name?.trim() === ''}
          isDisabled={isRunning}
          restaurant={restaurant}
          onChange={setName}
          words={words}
        />
      )}
      <LiveArea className="flex flex-col gap-3 empty:hidden">
        <BookingProgress state={state} words={words} />
        {trouble && (
          <StatusMessage
            tone={trouble.kind === 'unknown' ? 'waiting' : 'refusal'}
            title={trouble.kind === 'unknown' ? words.unknown : (trouble.title ?? words.failed)}
          >
            {trouble.kind === 'refused' && trouble.isInLine && <p>{words.inLineNext}</p>}
          </StatusMessage>
        )}
      </LiveArea>
      <div className="grid grid-cols-[1fr_2fr] gap-2">
        <Button
          tone="outline"
          size="large"
          disabled={isRunning}
          onClick={onBack}
          className="min-h-20"
        >
          {words.back}
        </Button>
        <Button type="submit" size="large" disabled={isRunning} className="min-h-20">
          {isRunning ? words.taking : words.take}
        </Button>
      </div>
    </form>
  )
}
