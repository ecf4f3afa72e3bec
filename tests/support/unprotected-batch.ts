import pg from 'pg'
import { createReservation } from '@/prisma/factories'

export interface AskedTable {
  slotId: string
  dinerId: string
  key: string
}

/** Told from those of a process that works beside it. */
export const COMMIT_OF_MANY = 'COMMIT AND NO CHAIN'

async function connectTo<T>(
  databaseUrl: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString: databaseUrl })
  // The process is killed in here, which is the point of these controls.
  client.on('error', () => {})
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end().catch(() => {})
  }
}

const keep = (client: pg.Client, { dinerId, key }: AskedTable, id: string) =>
  client.query(
    `INSERT INTO idempotency_keys (account_id, key, request_hash, response)
     VALUES ($1, $2, '', jsonb_build_object('id', $3::text))`,
    [dinerId, key, id],
  )

/** Control: one transaction for many, which tells each asker as soon as its own rows are written. */
export async function bookTogetherAndTellEarly({
  databaseUrl,
  asked,
  tell,
}: {
  databaseUrl: string
  asked: AskedTable[]
  tell: (id: string) => void
}): Promise<void> {
  await connectTo(databaseUrl, async (client) => {
    await client.query('BEGIN')
    for (const each of asked) {
      const { id } = await createReservation(client, each)
      await keep(client, each, id)
      tell(id)
    }
    await client.query(COMMIT_OF_MANY)
  })
}

/** Control: the bookings of many are one transaction, and their keys another that follows. */
export async function bookTogetherAndKeepLate({
  databaseUrl,
  asked,
}: {
  databaseUrl: string
  asked: AskedTable[]
}): Promise<void> {
  await connectTo(databaseUrl, async (client) => {
    await client.query('BEGIN')
    const ids: string[] = []
    for (const each of asked) ids.push((await createReservation(client, each)).id)
    await client.query('COMMIT')
    for (const [index, each] of asked.entries()) await keep(client, each, ids[index] ?? '')
  })
}
