import { z } from 'zod'

/** As the tablet sends it, with every request. */
export const kioskToken = z.string().regex(/^[\w-]{43}$/)
