'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { TextField } from '@/components/ui/field'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { useAction } from '@/components/ui/use-action'
import { fillIn } from '@/components/ui/words'
import { chooseOwnPin } from '@/domain/restaurant/author.actions'
import type { OwnPin } from '@/domain/restaurant/pin.schema'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'

type Words = Messages['account']['pins']

function PinForm({
  restaurantId,
  locale,
  words,
  onDone,
  onGiveUp,
}: {
  restaurantId: string
  locale: Locale
  words: Words
  onDone: () => void
  onGiveUp: () => void
}) {
  const [pin, setPin] = useState('')
  const { run, isRunning, refusal } = useAction({ failed: words.failed })
  const isWrong = refusal?.reason === 'invalid' || refusal?.reason === 'pin-guessable'
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        run(() => chooseOwnPin({ restaurantId, pin, locale }), onDone)
      }}
    >
      <TextField
        label={words.field}
        hint={refusal?.reason !== 'pin-guessable' && words.hint}
        error={isWrong && (refusal.reason === 'invalid' ? words.wrong : refusal.words)}
        type="password"
        inputMode="numeric"
        autoComplete="off"
        value={pin}
        onChange={({ target }) => setPin(target.value.replaceAll(/\D/g, '').slice(0, 8))}
      />
      <LiveArea className="empty:hidden">
        {refusal && !isWrong && <StatusMessage tone="refusal" title={refusal.words} />}
      </LiveArea>
      <div className="flex gap-2">
        <Button type="submit" disabled={isRunning} className="grow">
          {isRunning ? words.saving : words.save}
        </Button>
        <Button tone="quiet" onClick={onGiveUp} disabled={isRunning}>
          {words.cancel}
        </Button>
      </div>
    </form>
  )
}

function PinSetting({ pin, locale, words }: { pin: OwnPin; locale: Locale; words: Words }) {
  const [isOpen, setIsOpen] = useState(false)
  const [isDone, setIsDone] = useState(false)
  const name = (locale === 'en' && pin.nameEn) || pin.name
  return (
    <div className="flex flex-col gap-3 p-4">
      <div className="flex items-center justify-between gap-4">
        <div className="min-w-0">
          <p className="text-15 text-quiet">
            <bdi>{name}</bdi>
          </p>
          <p className={pin.state === 'LOCKED' ? 'font-medium text-refusal' : 'font-medium'}>
            {words.states[pin.state]}
          </p>
        </div>
        {!isOpen && (
          <Button
            tone="outline"
            className="shrink-0"
            aria-label={fillIn(words.changeLabel, { name })}
            onClick={() => {
              setIsDone(false)
              setIsOpen(true)
            }}
          >
            {pin.state === 'NONE' ? words.set : words.change}
          </Button>
        )}
      </div>
      {isOpen && (
        <PinForm
          restaurantId={pin.restaurantId}
          locale={locale}
          words={words}
          onDone={() => {
            setIsOpen(false)
            setIsDone(true)
          }}
          onGiveUp={() => setIsOpen(false)}
        />
      )}
      <LiveArea className="empty:hidden">
        {isDone && <StatusMessage tone="confirmed" title={words.done} />}
      </LiveArea>
    </div>
  )
}

/** The PINs by which a person acts on the shared tablets of their restaurants. */
export function PinSettings({
  pins,
  locale,
  words,
}: {
  pins: OwnPin[]
  locale: Locale
  words: Words
}) {
  return (
    <section aria-labelledby="pins" className="flex flex-col gap-3">
      <h2 id="pins" className="text-20 font-bold">
        {words.title}
      </h2>
      <p className="text-quiet">{words.lead}</p>
      <div className="flex flex-col divide-y divide-line rounded-card border border-line bg-raised">
        {pins.map((pin) => (
          <PinSetting key={pin.restaurantId} pin={pin} locale={locale} words={words} />
        ))}
      </div>
    </section>
  )
}
