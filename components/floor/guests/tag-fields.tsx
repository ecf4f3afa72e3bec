'use client'

import { useState } from 'react'
import { useWords } from '@/components/floor/words/use-words'
import { Button } from '@/components/ui/button'
import { SelectField, TextField } from '@/components/ui/field'
import type { GuestTag } from '@/domain/guest/entry.schema'
import { LONGEST_TAG, tagColors, usualTags } from '@/domain/guest/entry.types'

/** The tags to pick from: the guest's own, the restaurant's others, and the usual ones. */
function listOffered({ tags, known }: { tags: GuestTag[]; known: GuestTag[] }): GuestTag[] {
  const named = new Map<string, GuestTag>()
  for (const tag of [...known, ...usualTags, ...tags])
    if (!named.has(tag.name)) named.set(tag.name, tag)
  return [...named.values()].toSorted((a, b) => a.name.localeCompare(b.name))
}

function NewTag({ onAdd }: { onAdd: (tag: GuestTag) => void }) {
  const { words } = useWords()
  const [name, setName] = useState('')
  const [color, setColor] = useState<GuestTag['color']>('GREY')
  const typed = name.trim()
  return (
    <div className="flex flex-col gap-3">
      <TextField
        label={words.guest.newTag}
        value={name}
        maxLength={LONGEST_TAG}
        autoComplete="off"
        onChange={(event) => setName(event.target.value)}
      />
      {typed !== '' && (
        <>
          <SelectField
            label={words.guest.color}
            value={color}
            onChange={({ target: { value } }) => {
              const picked = tagColors.find((each) => each === value)
              if (picked) setColor(picked)
            }}
          >
            {tagColors.map((each) => (
              <option key={each} value={each}>
                {words.guest.colors[each]}
              </option>
            ))}
          </SelectField>
          <Button
            size="large"
            tone="outline"
            onClick={() => {
              onAdd({ name: typed, color })
              setName('')
            }}
          >
            {words.guest.addTag}
          </Button>
        </>
      )}
    </div>
  )
}

/** One tap sets a tag or takes it off; a new one gets a name and a colour. */
export function TagFields({
  tags,
  known,
  onChange,
}: {
  tags: GuestTag[]
  known: GuestTag[]
  onChange: (tags: GuestTag[]) => void
}) {
  const { words } = useWords()
  const has = (name: string) => tags.some((tag) => tag.name === name)
  const toggle = (tag: GuestTag) =>
    onChange(has(tag.name) ? tags.filter(({ name }) => name !== tag.name) : [...tags, tag])
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-2 font-semibold">{words.guest.tags}</legend>
      <div className="flex flex-wrap gap-2">
        {listOffered({ tags, known }).map((tag) => (
          <Button
            key={tag.name}
            size="large"
            tone="outline"
            aria-pressed={has(tag.name)}
            onClick={() => toggle(tag)}
            className="px-3! text-17! aria-pressed:border-ink aria-pressed:bg-ink aria-pressed:text-paper"
          >
            {tag.name}
          </Button>
        ))}
      </div>
      <NewTag onAdd={(tag) => !has(tag.name) && onChange([...tags, tag])} />
    </fieldset>
  )
}
