import { z } from 'zod'

/** Four to eight digits, as people type them. */
const digits = z.string().regex(/^\d{4,8}$/, { error: 'must be 4 to 8 digits' })

export const ownPin = z.strictObject({ restaurantId: z.uuid(), pin: digits })

export const memberPin = z.strictObject({ restaurantId: z.uuid(), accountId: z.uuid() })

export const authorMinutes = z.strictObject({
  restaurantId: z.uuid(),
  minutes: z.int().min(1).max(120),
})

/** A person chosen first, then their PIN; `newPin` replaces one that an owner gave them. */
export const authorProof = z
  .strictObject({ accountId: z.uuid(), pin: digits, newPin: digits.optional() })
  .refine(({ pin, newPin }) => newPin !== pin, {
    error: 'must differ from the one it replaces',
    path: ['newPin'],
  })

export const provenAuthor = z.object({
  /** Sent as `Bobjool-Author` with each act. */
  token: z.string(),
  accountId: z.uuid(),
  name: z.string(),
  /** Without an act until then the PIN is asked for again. */
  actsUntil: z.iso.datetime(),
})

export type ProvenAuthor = z.infer<typeof provenAuthor>

/** A person who can act on a shared tablet. */
export type Author = { accountId: string; name: string; hasPin: boolean }

/** What a shared tablet's board knows of its authors. */
export type SharedTablet = { people: Author[]; minutes: number }

/** Where a person has a PIN, and how it is. */
export type OwnPin = {
  restaurantId: string
  name: string
  nameEn: string | null
  state: 'NONE' | 'ONE_TIME' | 'SET' | 'LOCKED'
}
