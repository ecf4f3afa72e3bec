import { Button } from '@/components/ui/button'
import { TextField } from '@/components/ui/field'
import { ChevronDownIcon, CrossIcon } from '@/components/ui/icons'
import { fillIn } from '@/components/ui/words'
import type { Picture } from '@/domain/restaurant/setup.schema'
import type { Message } from '@/lib/i18n/message'
import type { Messages } from '@/lib/i18n/messages'
import { PicturePreview } from './picture-preview'

export type PictureWords = Pick<
  Messages['settings'],
  'save' | 'fields' | 'hints' | 'errors' | 'pictures'
>

/** One picture: its preview, address, description and position. */
export function PictureFields({
  picture,
  index,
  isLast,
  invalid,
  onChange,
  onMove,
  onRemove,
  words,
}: {
  picture: Picture
  index: number
  isLast: boolean
  invalid: ReadonlySet<string>
  onChange: (part: Partial<Picture>) => void
  /** Moves the picture by that many places. */
  onMove: (by: -1 | 1) => void
  onRemove: () => void
  words: PictureWords
}) {
  const number = index + 1
  const isWrong = (field: keyof Picture) => invalid.has(`pictures.${index}.${field}`)
  const name = (sentence: Message<'number'>) => fillIn(sentence, { number })
  return (
    <fieldset className="flex flex-col gap-4 rounded-card border border-line bg-raised p-4">
      <legend className="sr-only">{name(words.pictures.one)}</legend>
      <div className="flex items-center justify-between gap-2">
        <span aria-hidden="true" className="font-semibold">
          {name(words.pictures.one)}
        </span>
        <span className="flex">
          <Button
            id={`picture-${index}-back`}
            tone="quiet"
            disabled={index === 0}
            onClick={() => onMove(-1)}
            aria-label={name(words.pictures.up)}
            className="size-12 px-0"
          >
            <span className="rotate-180">
              <ChevronDownIcon />
            </span>
          </Button>
          <Button
            id={`picture-${index}-forth`}
            tone="quiet"
            disabled={isLast}
            onClick={() => onMove(1)}
            aria-label={name(words.pictures.down)}
            className="size-12 px-0"
          >
            <ChevronDownIcon />
          </Button>
          <Button
            tone="quiet"
            onClick={onRemove}
            aria-label={name(words.pictures.remove)}
            className="size-12 px-0"
          >
            <CrossIcon />
          </Button>
        </span>
      </div>
      <PicturePreview url={picture.url} words={words.pictures} />
      <TextField
        id={`picture-${index}-url`}
        label={words.fields.url}
        type="url"
        inputMode="url"
        placeholder="https://"
        value={picture.url}
        error={isWrong('url') && words.errors.url}
        onChange={(event) => onChange({ url: event.target.value })}
      />
      <TextField
        label={words.fields.alt}
        hint={words.hints.alt}
        value={picture.alt}
        error={isWrong('alt') && words.errors.alt}
        onChange={(event) => onChange({ alt: event.target.value })}
      />
    </fieldset>
  )
}
