'use client'

import { useEffect, useState } from 'react'
import { Button } from '@/components/ui/button'
import { fillIn } from '@/components/ui/words'
import { saveOwnPictures } from '@/domain/restaurant/settings.actions'
import { MOST_PICTURES, type Picture } from '@/domain/restaurant/setup.schema'
import type { Locale } from '@/lib/i18n/locale'
import { FieldConflict } from './field-conflict'
import { PictureFields, type PictureWords } from './picture-fields'
import { SaveBar } from './save-bar'
import { useGuardedForm } from './use-guarded-form'

type Draft = { pictures: Picture[] }
const keep = (stored: Draft): Draft => stored

/** Up to ten pictures by their addresses, in display order. */
export function PicturesForm({
  restaurantId,
  version,
  pictures: stored,
  locale,
  words,
}: {
  restaurantId: string
  version: number
  pictures: Picture[]
  locale: Locale
  words: PictureWords
}) {
  const guarded = useGuardedForm({
    stored: { pictures: stored },
    version,
    toDraft: keep,
    save: ({ version: shown, draft }) =>
      saveOwnPictures({ restaurantId, version: shown, ...draft, locale }),
    failed: words.save.failed,
  })
  const { form, draft, change, settle, submit, invalid, conflicts } = guarded
  const { pictures } = draft
  const focusOn = useFocusAfter()

  const add = () => {
    change({ pictures: [...pictures, { url: '', alt: '' }] })
    focusOn(`picture-${pictures.length}-url`)
  }
  const edit = (index: number, part: Partial<Picture>) =>
    change({ pictures: pictures.map((old, at) => (at === index ? { ...old, ...part } : old)) })
  const remove = (index: number) => {
    change({ pictures: pictures.filter((_, at) => at !== index) })
    focusOn('picture-add')
  }
  const move = (index: number, by: -1 | 1) => {
    const to = index + by
    const moved = pictures[index]
    if (!moved || !pictures[to]) return
    change({ pictures: pictures.toSpliced(index, 1).toSpliced(to, 0, moved) })
    const isAtEnd = by === 1 ? to === pictures.length - 1 : to === 0
    const goesBack = isAtEnd ? by === 1 : by === -1
    focusOn(`picture-${to}-${goesBack ? 'back' : 'forth'}`)
  }
  const theirs = conflicts.pictures
  return (
    <form
      ref={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
      className="flex flex-col gap-4"
    >
      {pictures.length === 0 && <p className="text-quiet">{words.pictures.none}</p>}
      {pictures.map((picture, index) => (
        <PictureFields
          // biome-ignore lint/suspicious/noArrayIndexKey: the fields are controlled by the list alone
          key={index}
          picture={picture}
          index={index}
          isLast={index === pictures.length - 1}
          invalid={invalid}
          onChange={(part) => edit(index, part)}
          onMove={(by) => move(index, by)}
          onRemove={() => remove(index)}
          words={words}
        />
      ))}
      {theirs && (
        <FieldConflict
          theirs={theirs.map(({ alt }) => alt).join('\n')}
          name={fillIn(words.pictures.count, { count: theirs.length })}
          onTake={() => settle('pictures', { pictures: theirs })}
          onKeep={() => settle('pictures')}
          words={words.save}
        />
      )}
      {pictures.length < MOST_PICTURES ? (
        <Button id="picture-add" tone="outline" isWide onClick={add}>
          {words.pictures.add}
        </Button>
      ) : (
        <p className="text-quiet">{words.pictures.full}</p>
      )}
      <SaveBar
        refusal={guarded.refusal}
        hasConflicts={Object.keys(conflicts).length > 0}
        isSaved={guarded.isSaved}
        isDirty={guarded.isDirty}
        isRunning={guarded.isRunning}
        words={words.save}
      />
    </form>
  )
}

/** Moves the focus to an element that exists only after the next render. */
function useFocusAfter(): (id: string) => void {
  const [wanted, setWanted] = useState<{ id: string } | null>(null)
  useEffect(() => {
    if (wanted) document.getElementById(wanted.id)?.focus()
  }, [wanted])
  return (id) => setWanted({ id })
}
