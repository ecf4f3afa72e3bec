/** A LIKE pattern for text that contains this; its wildcard characters are matched literally. */
export function toLikePattern(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`
}
