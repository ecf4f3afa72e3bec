/** Who acts as an admin, and from where; whether they are one is read from the database. */
export type AdminActor = {
  accountId: string
  /** The network address the platform vouches for, or null. */
  address: string | null
}
