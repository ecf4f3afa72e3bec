import { z } from 'zod'

export const passwordProof = z.strictObject({ password: z.string().max(200) })
