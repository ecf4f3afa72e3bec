'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { addOwnTables } from '@/domain/restaurant/settings.actions'
import type { OwnRestaurant } from '@/domain/restaurant/types'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { readCount } from '@/lib/text/typed-number'
import { NumberField } from './number-field'
import { Outcome } from './outcome'
import { useEdit } from './use-edit'

const BLANK = { count: '4', minParty: '1', maxParty: '2', firstNumber: '' }

/** Adds several tables of one size at once. */
export function AddTables({
  restaurant,
  locale,
  words,
  onDone,
}: {
  restaurant: Pick<OwnRestaurant, 'id' | 'version'>
  locale: Locale
  words: Messages['schedule']
  onDone: (told: string) => void
}) {
  const [isOpen, setOpen] = useState(false)
  const [typed, setTyped] = useState(BLANK)
  const { run, isRunning, refusal } = useEdit({ version: restaurant.version, failed: words.failed })
  const told = words.tables
  const fields = { count: told.howMany, minParty: told.minParty, maxParty: told.maxParty }
  const add = () => {
    const party = { minParty: readCount(typed.minParty), maxParty: readCount(typed.maxParty) }
    const firstNumber = typed.firstNumber ? { firstNumber: readCount(typed.firstNumber) } : {}
    const asked = {
      restaurantId: restaurant.id,
      count: readCount(typed.count),
      ...party,
      ...firstNumber,
    }
    run(
      (version) => addOwnTables({ ...asked, version, locale }),
      () => {
        setOpen(false)
        setTyped(BLANK)
        onDone(told.added)
      },
    )
  }
  return (
    <>
      <Button size="large" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {told.add}
      </Button>
      <Dialog
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        title={told.addTitle}
        closeLabel={words.close}
      >
        <form
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault()
            add()
          }}
        >
          {(['count', 'minParty', 'maxParty'] as const).map((name) => (
            <NumberField
              key={name}
              words={words}
              label={fields[name]}
              largest={name === 'count' ? 50 : 100}
              value={typed[name]}
              onChange={(value) => setTyped({ ...typed, [name]: value })}
            />
          ))}
          <NumberField
            words={words}
            label={told.firstNumber}
            largest={9_999}
            isRequired={false}
            value={typed.firstNumber}
            onChange={(firstNumber) => setTyped({ ...typed, firstNumber })}
          />
          <Outcome refusal={refusal} done={null} words={words} />
          <Button type="submit" disabled={isRunning}>
            {isRunning ? words.working : told.add}
          </Button>
        </form>
      </Dialog>
    </>
  )
}
