import { type Message, PLACE, pluralise } from '@/lib/i18n/message'

type AnyMessage = Message<string, string>
type NamesOf<Sentence> = Sentence extends Message<infer Name, string> ? Name : never
type CountsOf<Sentence> = Sentence extends Message<string, infer Counts> ? Counts : never

/** The values a sentence needs; for a union of sentences, every value that any of them needs. */
type Values<Sentence> = [Sentence] extends [string]
  ? never
  : Record<NamesOf<Sentence>, string | number> & Record<CountsOf<Sentence>, number>

/**
 * Fills values into a sentence's places, which the compiler knows: a missing or misspelt one does
 * not compile. Components get their sentences as props and need no more than this; a message
 * library would weigh more than a diner's page.
 */
export function fillIn<Sentence extends AnyMessage | string>(
  sentence: Sentence,
  values: Values<Sentence>,
): string {
  const given: Record<string, unknown> = values
  return String(sentence).replace(PLACE, (place, name: string, one: string, other?: string) => {
    const value = given[name] ?? place
    return other === undefined ? String(value) : pluralise(Number(value), { one, other })
  })
}
