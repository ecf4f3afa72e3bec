/**
 * Puts values into the places of a sentence: `{time}에 열려요`. Client components get their
 * sentences as props and need no more than this; a message library would weigh more than they do.
 */
export function fillIn(sentence: string, values: Record<string, string | number>): string {
  return sentence.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place))
}
