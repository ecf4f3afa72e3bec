import { z } from 'zod'

/** A browser's push subscription (the Push API's `toJSON`). */
export const deviceForm = z.strictObject({
  endpoint: z.url().max(1_000),
  p256dh: z.string().regex(/^[\w-]{87}$/),
  auth: z.string().regex(/^[\w-]{22}$/),
})
export type DeviceForm = z.infer<typeof deviceForm>

export const endpointForm = z.strictObject({ endpoint: z.string().max(1_000) })

/** Mail only, or push first and mail as the fallback. */
export const channelChoices = ['MAIL', 'PUSH'] as const
export const channelForm = z.strictObject({ first: z.enum(channelChoices) })
export type ChannelChoice = (typeof channelChoices)[number]

/** What a browser needs to subscribe, and whether it already has. */
export type DeviceState = {
  /** Null: the operator has not set up push. */
  publicKey: string | null
  /** SHA-256 of each device's endpoint in hex, by which a browser recognises itself. */
  devices: string[]
}

/** How an account is notified. */
export type PushState = DeviceState & { first: ChannelChoice }

/** The token in a ticket page's address; knowing it means holding the ticket. */
const ticketToken = z.string().max(100)

export const guestDeviceForm = deviceForm.extend({ ticket: ticketToken })
export const guestEndpointForm = endpointForm.extend({ ticket: ticketToken })
