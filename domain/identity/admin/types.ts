import type { Visitor } from '@/lib/session'

/** Who acts as an admin, and from where; whether they are one is read from the database. */
export type AdminActor = Pick<Visitor, 'accountId'> & { address: string | null }
