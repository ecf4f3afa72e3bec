import { z } from 'zod'

const key = z.base64url().length(43)

/** What a browser needs to seal what it keeps for its session. */
export const sessionSeal = z.object({
  accountId: z.uuid(),
  /** Another one in each session. */
  name: z.string(),
  /** AES-256, of this session alone. */
  boardKey: key,
  /** AES-256, of the account in each of its sessions. */
  actKey: key,
})
