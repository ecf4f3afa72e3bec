import { z } from 'zod'
import { readDigits } from '@/lib/text/typed'
import { email } from './schema'

/** Any string: it is either a link of ours or unknown, and its expected shape is not revealed. */
export const linkToken = z.string().max(200)

export const linkRequest = z.strictObject({ token: linkToken })

/**
 * Where a visitor goes on after the mail: a page, and what they typed there by the name of its
 * field. A path that leads elsewhere is replaced when it is read.
 */
export const errand = z.strictObject({
  returnPath: z.string().max(2_000),
  texts: z
    .record(z.string().regex(/^(?:note|allergies):[0-9a-f-]{36}$/), z.string().max(500))
    .refine((texts) => Object.keys(texts).length <= 2),
})
export type Errand = z.infer<typeof errand>

/** The mails a visitor who isn't signed in can ask for. */
export const linkPurpose = z.enum(['CONFIRM_ADDRESS', 'SIGN_IN', 'RESET_PASSWORD'])

export const linkWish = z.strictObject({ email, purpose: linkPurpose, errand })
export type LinkWish = z.infer<typeof linkWish>

/** Six digits, however they were grouped or copied. */
export const codeForm = z.strictObject({
  code: z
    .string()
    .max(100)
    .transform(readDigits)
    .pipe(z.string().regex(/^[0-9]{6}$/)),
})

/** Null: "that wasn't me". */
export const numberPick = z.strictObject({
  token: linkToken,
  number: z.int().min(0).max(99).nullable(),
})
