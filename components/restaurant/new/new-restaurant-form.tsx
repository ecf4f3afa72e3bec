'use client'

import { Button } from '@/components/ui/button'
import { TextField } from '@/components/ui/field'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import { fillIn } from '@/components/ui/words'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'
import { KnownWords } from '../settings/known-words'
import { steps, useNewRestaurant } from './use-new-restaurant'

type Settings = Messages['settings']
const hinted = ['name', 'nameEn', 'category', 'region'] as const

/** A new restaurant in three steps. A problem that the server finds leads back to its step. */
export function NewRestaurantForm({
  host,
  known,
  locale,
  words,
}: {
  /** The part of the address before the restaurant's own word. */
  host: string
  known: { category: Record<string, string>; region: Record<string, string> }
  locale: Locale
  words: Pick<Settings, 'open' | 'fields' | 'hints' | 'errors' | 'save'>
}) {
  const opening = useNewRestaurant({ locale, failed: words.save.failed })
  const { form, draft, step, wrong, proposal, refusal, isRunning, change, goTo, submit } = opening
  const { fields, name } = steps[step] ?? { fields: [], name: 'name' }
  const isLast = step === steps.length - 1
  const submitLabel = isRunning ? words.open.working : words.open.submit
  return (
    <form
      ref={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (!isRunning) submit()
      }}
      className="flex flex-col gap-6"
    >
      <div className="flex flex-col gap-2">
        <p className="text-15 text-quiet tabular-nums">
          {fillIn(words.open.step, { step: step + 1, total: steps.length })}
        </p>
        <div aria-hidden="true" className="flex gap-1.5">
          {steps.map((one, index) => (
            <span
              key={one.name}
              className={`h-1.5 grow rounded-full ${index <= step ? 'bg-accent' : 'bg-line'}`}
            />
          ))}
        </div>
        <h2 tabIndex={-1} className="text-20 font-bold outline-none">
          {words.open.steps[name]}
        </h2>
      </div>
      {fields.map((field) => {
        const hint = hinted.find((one) => one === field)
        const list = field === 'category' || field === 'region' ? field : null
        return (
          <div key={field}>
            <TextField
              label={words.fields[field]}
              name={field}
              value={draft[field]}
              hint={field === 'slug' ? words.open.slugHint : hint && words.hints[hint]}
              error={
                wrong.has(field) &&
                (proposal && field === 'slug'
                  ? fillIn(words.open.taken, { proposal })
                  : words.errors[field])
              }
              onChange={(event) => change(field, event.target.value)}
              autoCapitalize={field === 'slug' ? 'none' : undefined}
              {...(field === 'phone' && { type: 'tel', inputMode: 'tel' })}
              {...(list && { list: `known-${list}` })}
            />
            {list && <KnownWords id={`known-${list}`} words={known[list]} />}
          </div>
        )
      })}
      {isLast && (
        <p className="rounded-small border border-dashed border-line bg-raised p-3 font-medium break-all">
          {fillIn(words.open.address, { host, slug: draft.slug || '…' })}
        </p>
      )}
      {proposal && isLast && proposal !== draft.slug && (
        <Button tone="outline" isWide onClick={() => change('slug', proposal)}>
          {fillIn(words.open.useProposal, { proposal })}
        </Button>
      )}
      <LiveArea className="empty:hidden">
        {refusal && wrong.size === 0 && !proposal && !isRunning && (
          <StatusMessage tone="refusal" title={refusal.words} />
        )}
      </LiveArea>
      <div className="flex flex-col gap-2">
        <Button type="submit" size="large" isWide aria-disabled={isRunning}>
          {isLast ? submitLabel : words.open.next}
        </Button>
        {step > 0 && (
          <Button tone="quiet" isWide disabled={isRunning} onClick={() => goTo(step - 1)}>
            {words.open.back}
          </Button>
        )}
      </div>
    </form>
  )
}
