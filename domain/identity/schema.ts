import { z } from 'zod'

/** Trimmed and lower case: two spellings of one address are one account. */
export const email = z
  .string()
  .trim()
  .max(254)
  .transform((value) => value.toLowerCase())
  .pipe(z.email())

export const credentials = z.strictObject({
  email,
  // argon2 hashes any length; the bound keeps a stranger from making it slow.
  password: z.string().min(1).max(200),
})
export type Credentials = z.infer<typeof credentials>

export const sessionAnswer = z.object({
  token: z.string(),
  expiresAt: z.iso.datetime(),
  user: z.object({
    id: z.uuid(),
    email: z.string(),
    name: z.string(),
    role: z.enum(['DINER', 'OWNER', 'ADMIN']),
  }),
})
