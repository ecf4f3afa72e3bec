import { z } from 'zod'
import { codeForm } from './link.schema'

export const passwordProof = z.strictObject({ password: z.string().max(200) })

/** By their password, or by the code that was mailed to them. */
export const ownProof = z.union([passwordProof, codeForm])

export const mailedProofCode = z.object({
  /** Where the code went. */
  email: z.string(),
})
