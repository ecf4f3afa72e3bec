/**
 * What is kept for a time only, and how long: ISO 8601 durations, counted from the end of the
 * service date, or from when it was made, due, over or last used. The sweep works through this list in
 * its order. The cut-offs themselves are built into the database (`kept_for`), and `docs/privacy.md`
 * says the same to people; a test compares the three.
 */
export const retention = [
  { what: 'guest-contacts', keptFor: 'PT24H', since: 'service-date' },
  { what: 'allergies', keptFor: 'P30D', since: 'service-date' },
  { what: 'staff-words', keptFor: 'P30D', since: 'over' },
  { what: 'notice-contents', keptFor: 'P90D', since: 'due' },
  { what: 'idempotency-keys', keptFor: 'P2D', since: 'made' },
  { what: 'network-addresses', keptFor: 'P90D', since: 'made' },
  { what: 'link-requests', keptFor: 'PT24H', since: 'over' },
  { what: 'mailed-links', keptFor: 'P90D', since: 'over' },
  { what: 'invitations', keptFor: 'P90D', since: 'over' },
  { what: 'opening-reminders', keptFor: 'PT24H', since: 'over' },
  { what: 'guest-imports', keptFor: 'PT24H', since: 'made' },
  { what: 'unconfirmed-accounts', keptFor: 'P7D', since: 'made' },
  { what: 'sleeping-accounts', keptFor: 'P1Y', since: 'used' },
  { what: 'names', keptFor: 'P3Y', since: 'service-date' },
  // Last: what closes an account, or lets go of an address, leaves its refusal to nobody.
  { what: 'refused-addresses', keptFor: 'PT24H', since: 'made' },
] as const

export type Kept = (typeof retention)[number]['what']
