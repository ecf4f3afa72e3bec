/**
 * Whether a query is free of control characters, which have no honest use in an address and could
 * break a header. Malformed escapes, as old Korean sites write them, are only unreadable text.
 */
export function isCleanQuery(search: string): boolean {
  return ![...new URLSearchParams(search)].flat().some((text) => /\p{Cc}/u.test(text))
}
