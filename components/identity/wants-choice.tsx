import type { Messages } from '@/lib/i18n/messages'

type Words = Messages['access']['signUp']
export type Wants = 'DINER' | 'OWNER'

/** Diner or owner, as two cards. */
export function WantsChoice({
  wants,
  onChoose,
  words,
}: {
  wants: Wants
  onChoose: (wants: Wants) => void
  words: Words
}) {
  const choices = [
    { value: 'DINER', name: words.diner, hint: words.dinerHint },
    { value: 'OWNER', name: words.owner, hint: words.ownerHint },
  ] as const
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1.5 font-medium">{words.wants}</legend>
      <div className="grid grid-cols-2 gap-2">
        {choices.map(({ value, name, hint }) => (
          <label
            key={value}
            className="flex min-h-16 cursor-pointer items-start gap-3 rounded-small border border-quiet bg-raised p-3 has-checked:border-2 has-checked:border-accent has-focus-visible:outline-3 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name="wants"
              value={value}
              checked={wants === value}
              onChange={() => onChoose(value)}
              className="mt-1 size-5 shrink-0 accent-accent outline-none"
            />
            <span className="flex flex-col">
              <span className="font-semibold">{name}</span>
              <span className="text-15 text-quiet">{hint}</span>
            </span>
          </label>
        ))}
      </div>
      {wants === 'OWNER' && <p className="text-15 text-quiet">{words.ownerNote}</p>}
    </fieldset>
  )
}
