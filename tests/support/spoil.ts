/** The same text but for one character, counted from the end where `at` is negative. */
export function spoil(text: string, at: number): string {
  const character = text.at(at)
  const index = at < 0 ? text.length + at : at
  return text.slice(0, index) + (character === 'A' ? 'B' : 'A') + text.slice(index + 1)
}
