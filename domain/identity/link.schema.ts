import { z } from 'zod'
import { email } from './schema'

/** Whatever it is, it is either a link of ours or unknown: nothing about its shape is told. */
export const linkToken = z.string().max(200)

export const linkRequest = z.strictObject({ token: linkToken })

/** What somebody who isn't signed in may ask to be mailed. */
export const linkWish = z.strictObject({
  email,
  purpose: z.enum(['CONFIRM_ADDRESS', 'SIGN_IN', 'RESET_PASSWORD']),
})
export type LinkWish = z.infer<typeof linkWish>
