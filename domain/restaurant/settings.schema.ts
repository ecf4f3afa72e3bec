import { z } from 'zod'

export const switchForm = z.strictObject({ restaurantId: z.uuid(), isOn: z.boolean() })

export const restaurantNotice = z.strictObject({ restaurantId: z.uuid(), noticeId: z.uuid() })
export const daySheetForm = z.strictObject({ restaurantId: z.uuid(), wants: z.boolean() })

/** `url` null: nothing is written to Slack any more. */
export const slackForm = z.strictObject({
  restaurantId: z.uuid(),
  url: z.string().trim().min(1).max(500).nullable(),
})

/** Of the address itself nothing is shown: whoever knows it can write there. */
export type SlackState =
  | { state: 'off' }
  | { state: 'on'; setAt: string }
  /** `refusal`: in Slack's words. */
  | { state: 'refused'; refusal: string }
