import pg from 'pg'

/**
 * Control: a booking in steps that are each committed, as a first version does it. A process killed
 * between two of them leaves half of it.
 */
export async function bookInSteps({
  databaseUrl,
  slotIds,
  dinerId,
  partySize = 2,
}: {
  databaseUrl: string
  /** At one time. */
  slotIds: string[]
  dinerId: string
  partySize?: number
}): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  // The process is killed in here, which is the point of the control.
  client.on('error', () => {})
  await client.connect()
  try {
    const { rows } = await client.query<{ id: string }>(
      `INSERT INTO reservations (restaurant_id, service_date, diner_id, party_size, status, starts_at, ends_at)
       SELECT restaurant_id, service_date, $2, $3, 'CONFIRMED', starts_at, ends_at FROM slots WHERE id = $1
       RETURNING id`,
      [slotIds[0], dinerId, partySize],
    )
    for (const slotId of slotIds) {
      await client.query(
        `INSERT INTO reservation_slots (reservation_id, slot_id) VALUES ($1, $2)`,
        [rows[0]?.id, slotId],
      )
      await client.query('UPDATE slots SET taken = true WHERE id = $1', [slotId])
    }
  } finally {
    await client.end().catch(() => {})
  }
}

/** The same off the plan: the seating gives way in a step of its own, before anything stands in its place. */
export async function bookOffPlanInSteps({
  databaseUrl,
  slotId,
}: {
  databaseUrl: string
  slotId: string
}): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query('UPDATE slots SET deleted_at = now(), gave_way = true WHERE id = $1', [
      slotId,
    ])
    await client.query(
      `INSERT INTO slots (restaurant_id, service_date, table_id, starts_at, ends_at, min_party, max_party, taken, off_plan)
       SELECT restaurant_id, service_date, table_id, starts_at + interval '7 minutes', ends_at - interval '7 minutes',
              min_party, max_party, true, true FROM slots WHERE id = $1`,
      [slotId],
    )
  } finally {
    await client.end().catch(() => {})
  }
}
