import { z } from 'zod'
import { email } from './schema'

/** What somebody who isn't signed in may ask to be mailed. */
export const linkWish = z.strictObject({
  email,
  purpose: z.enum(['CONFIRM_ADDRESS', 'SIGN_IN', 'RESET_PASSWORD']),
})
export type LinkWish = z.infer<typeof linkWish>
