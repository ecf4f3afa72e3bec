import { z } from 'zod'

/** A device on the account's list. */
export const ownSession = z.strictObject({ sessionId: z.uuid() })
