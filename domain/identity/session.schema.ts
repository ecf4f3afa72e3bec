import { z } from 'zod'
import { newPassword } from './schema'

/** Absent: the account has none yet. */
export const presentPassword = z.string().max(200).optional()

export const passwordChange = z.strictObject({ presentPassword, newPassword })

/** An act on one's own account that says it all: what else is sent is refused. */
export const nothing: z.ZodType<object, object> = z.strictObject({})
