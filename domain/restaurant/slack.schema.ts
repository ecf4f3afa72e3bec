import { z } from 'zod'

/** `url` null: nothing is written to Slack any more. */
export const slackForm = z.strictObject({
  restaurantId: z.uuid(),
  url: z.string().trim().min(1).max(500).nullable(),
})
