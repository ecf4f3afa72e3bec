'use client'

import { type FormEvent, useState } from 'react'
import { Button } from '@/components/ui/button'
import { TextField } from '@/components/ui/field'
import type { Messages } from '@/lib/i18n/messages'

const MOST_DIGITS = 8
const LEAST_DIGITS = 4
const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const

/** A PIN by large keys, or typed. It stays hidden, and is cleared after each try. */
export function PinPad({
  words,
  label,
  isBusy,
  onEnter,
}: {
  words: Messages['owner']['author']
  label: string
  isBusy: boolean
  onEnter: (pin: string) => void
}) {
  const [pin, setPin] = useState('')
  const type = (text: string) => setPin(text.replaceAll(/\D/g, '').slice(0, MOST_DIGITS))
  const enter = (event: FormEvent) => {
    event.preventDefault()
    if (pin.length < LEAST_DIGITS || isBusy) return
    onEnter(pin)
    setPin('')
  }
  const key = (digit: string) => (
    <Button
      key={digit}
      size="large"
      tone="outline"
      className="text-28! tabular-nums"
      onClick={() => type(`${pin}${digit}`)}
    >
      {digit}
    </Button>
  )
  return (
    <form onSubmit={enter} className="flex flex-col gap-4">
      <TextField
        label={label}
        type="password"
        inputMode="numeric"
        autoComplete="off"
        value={pin}
        onChange={({ target }) => type(target.value)}
        className="text-center text-28! tracking-widest"
      />
      <div className="grid grid-cols-3 gap-2">
        {digits.map(key)}
        <Button size="large" tone="quiet" onClick={() => setPin(pin.slice(0, -1))}>
          {words.erase}
        </Button>
        {key('0')}
        <Button type="submit" size="large" disabled={pin.length < LEAST_DIGITS || isBusy}>
          {isBusy ? words.checking : words.enter}
        </Button>
      </div>
    </form>
  )
}
