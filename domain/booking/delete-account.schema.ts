import { z } from 'zod'

/** The password, or the account's own address if it has no password. */
export const accountDeletion = z.strictObject({
  password: z.string().max(200).optional(),
  email: z.string().max(254).optional(),
})
export type AccountDeletion = z.infer<typeof accountDeletion>

/** What deleting the account would do as things stand now. */
export type DeletionPreview = {
  /** Reservations still to come, which would be cancelled. */
  coming: number
  /**
   * The names of restaurants that would be left without an owner; if there are any, deleting is
   * refused.
   */
  ownerless: { name: string; nameEn: string | null }[]
  /** True when no other admin would be left; deleting is then refused. */
  isLastAdmin: boolean
  /** False: the person types their address instead of a password. */
  hasPassword: boolean
}
