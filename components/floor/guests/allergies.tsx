'use client'

import { useWords } from '@/components/floor/words/use-words'
import { AllergyIcon } from '@/components/ui/staff-icons'
import { fillIn } from '@/components/ui/words'

/**
 * An allergy can harm a guest, so its frame, icon and word set it apart from everything else, whether the
 * diner wrote it or staff noted it.
 */
export function Allergies({ text }: { text: string }) {
  const { words } = useWords()
  return (
    <section className="flex gap-3 rounded-small border-2 border-refusal p-4">
      <span className="mt-1 text-refusal">
        <AllergyIcon />
      </span>
      <div>
        <h3 className="font-semibold text-refusal">{words.party.allergies}</h3>
        <p className="text-20 font-semibold">{text}</p>
      </div>
    </section>
  )
}

/** The same in a row of a list. Null: nothing is known. */
export function AllergyMark({ text }: { text: string | null }) {
  const { words } = useWords()
  if (text === null) return null
  return (
    <span className="flex items-start gap-1.5 text-15 font-semibold text-refusal">
      <AllergyIcon />
      <span className="line-clamp-2 print:line-clamp-none">
        {fillIn(words.party.allergyMark, { allergies: text })}
      </span>
    </span>
  )
}
