'use client'

import { useWords } from '@/components/floor/words/use-words'
import { AllergyIcon } from '@/components/ui/staff-icons'

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
