/** RFC 9116 advises less than a year; a deployment that is gone is found out within half of one. */
const VALID_DAYS = 180
const DAY_MS = 86_400_000

/** The file `/.well-known/security.txt`; `contacts` are in the order of preference. */
export function describeSecurityContact({
  contacts,
  policy,
  origin,
  languages,
  now,
}: {
  contacts: readonly string[]
  /** Absent: none. */
  policy: string | undefined
  origin: string
  languages: readonly string[]
  now: Date
}): string {
  // From the start of the day, so that every process of a day says the same.
  const startOfDayMs = Math.floor(now.getTime() / DAY_MS) * DAY_MS
  const lines = [
    ...contacts.map((contact) => `Contact: ${contact}`),
    `Expires: ${new Date(startOfDayMs + VALID_DAYS * DAY_MS).toISOString()}`,
    `Preferred-Languages: ${languages.join(', ')}`,
    `Canonical: ${new URL('/.well-known/security.txt', origin).href}`,
    ...(policy ? [`Policy: ${policy}`] : []),
  ]
  return `${lines.join('\n')}\n`
}
