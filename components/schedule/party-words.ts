import { fillIn } from '@/components/ui/words'
import type { Messages } from '@/lib/i18n/messages'

type Words = Pick<Messages['schedule'], 'party' | 'partyExactly'>

/** '2–4명', or '4명' for exactly four. */
export function nameParty({
  minParty,
  maxParty,
  words,
}: {
  minParty: number
  maxParty: number
  words: Words
}): string {
  const sentence = minParty === maxParty ? words.partyExactly : words.party
  return fillIn(sentence, { min: minParty, max: maxParty })
}
