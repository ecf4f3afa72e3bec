import { z } from 'zod'

/** What a person says when they sign up. Both have to be said; neither is ticked beforehand. */
const said = z.boolean().refine((isSaid) => isSaid, 'not said')
export const agreement = { agreesToTerms: said, isFourteenOrOlder: said }

export const agreementGiven = z.strictObject(agreement)
export type AgreementGiven = z.infer<typeof agreementGiven>

/**
 * `TERMS` are agreed to, `AGE_14` is declared, `PRIVACY_NOTICE` was shown. `MARKETING` and
 * `GUEST_HEALTH` are consents, which can be withdrawn; nothing asks for them yet.
 */
export type AgreementKind = 'TERMS' | 'AGE_14' | 'PRIVACY_NOTICE' | 'MARKETING' | 'GUEST_HEALTH'

/** The present terms, as a person has not agreed to them yet. */
export type TermsQuestion = {
  /** True: they agreed to earlier terms. False: they signed up when there were none. */
  isChange: boolean
}
