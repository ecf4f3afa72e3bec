/**
 * The columns whose secrets are sealed, by table, and the key column that each is bound to. What
 * seals and what re-seals both read this list.
 */
export const sealedColumns = {
  slack_hooks: { key: 'restaurant_id', columns: ['url'] },
  push_subscriptions: { key: 'id', columns: ['endpoint', 'p256dh', 'auth'] },
  staff_pins: { key: 'id', columns: ['pin_hash'] },
  guest_devices: { key: 'id', columns: ['endpoint', 'p256dh', 'auth'] },
} as const

export type SealedTable = keyof typeof sealedColumns
export const sealedTables = [
  'slack_hooks',
  'push_subscriptions',
  'staff_pins',
  'guest_devices',
] as const satisfies SealedTable[]
export type SealedColumn<T extends SealedTable = SealedTable> =
  (typeof sealedColumns)[T]['columns'][number]
