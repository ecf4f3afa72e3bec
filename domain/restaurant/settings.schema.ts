import { z } from 'zod'
import { typedField } from '@/lib/text/field'
import { tidyLine } from '@/lib/text/typed'

export const switchForm = z.strictObject({ restaurantId: z.uuid(), isOn: z.boolean() })

export const restaurantNotice = z.strictObject({ restaurantId: z.uuid(), noticeId: z.uuid() })
export const daySheetForm = z.strictObject({ restaurantId: z.uuid(), wants: z.boolean() })

/** `url` null: Slack is disconnected. */
export const slackForm = z.strictObject({
  restaurantId: z.uuid(),
  url: typedField({ read: tidyLine, least: 1, most: 500 }).nullable(),
})

/** The webhook URL itself is never shown: knowing it is enough to post there. */
export type SlackState =
  | { state: 'off' }
  | { state: 'on'; setAt: string }
  /** `refusal`: in Slack's words. */
  | { state: 'refused'; refusal: string }
