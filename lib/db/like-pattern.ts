/** Matches text that contains this; what LIKE takes for wildcards is meant literally. */
export function toLikePattern(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`
}
