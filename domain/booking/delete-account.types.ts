/** What leaving the service would do, as it stands now. */
export type LeavingPreview = {
  /** Reservations still to come, which would be cancelled. */
  coming: number
  /** Restaurants that would be left without an owner, by name: leaving is refused. */
  ownerless: { name: string; nameEn: string | null }[]
  /** No other admin would be left: leaving is refused. */
  isLastAdmin: boolean
  /** False: the address is typed instead of a password. */
  hasPassword: boolean
}
