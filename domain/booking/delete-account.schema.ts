import { z } from 'zod'

/** The password, or the account's own address where it has none. */
export const leaving = z.strictObject({
  password: z.string().max(200).optional(),
  email: z.string().max(254).optional(),
})
export type Leaving = z.infer<typeof leaving>
