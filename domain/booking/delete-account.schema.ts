import { z } from 'zod'

/** The password, or the account's own address where it has none. */
export const accountDeletion = z.strictObject({
  password: z.string().max(200).optional(),
  email: z.string().max(254).optional(),
})
export type AccountDeletion = z.infer<typeof accountDeletion>

/** What deleting the account would do, as it stands now. */
export type DeletionPreview = {
  /** Reservations still to come, which would be cancelled. */
  coming: number
  /** Restaurants that would be left without an owner, by name: deleting is refused. */
  ownerless: { name: string; nameEn: string | null }[]
  /** No other admin would be left: deleting is refused. */
  isLastAdmin: boolean
  /** False: the address is typed instead of a password. */
  hasPassword: boolean
}
