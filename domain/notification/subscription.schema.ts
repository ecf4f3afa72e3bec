import { z } from 'zod'

/** What a browser says of itself when it may be woken up (the Push API's `toJSON`). */
export const deviceForm = z.strictObject({
  endpoint: z.url().max(1_000),
  p256dh: z.string().regex(/^[\w-]{87}$/),
  auth: z.string().regex(/^[\w-]{22}$/),
})
export type DeviceForm = z.infer<typeof deviceForm>

export const endpointForm = z.strictObject({ endpoint: z.string().max(1_000) })

/** Mail alone, or push first and mail where it can't. */
export const channelChoices = ['MAIL', 'PUSH'] as const
export const channelForm = z.strictObject({ first: z.enum(channelChoices) })
export type ChannelChoice = (typeof channelChoices)[number]
