import { z } from 'zod'
import { email } from './schema'

/** Any string: it is either a link of ours or unknown, and its expected shape is not revealed. */
export const linkToken = z.string().max(200)

export const linkRequest = z.strictObject({ token: linkToken })

/** The mails a visitor who isn't signed in can ask for. */
export const linkWish = z.strictObject({
  email,
  purpose: z.enum(['CONFIRM_ADDRESS', 'SIGN_IN', 'RESET_PASSWORD']),
})
export type LinkWish = z.infer<typeof linkWish>
