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

/** What a browser needs to know to be told, and whether it is. */
export type DeviceState = {
  /** Null: the operator has not set up push. */
  publicKey: string | null
  /** SHA-256 of each device's endpoint in hex, by which a browser finds itself. */
  devices: string[]
}

/** How somebody with an account is told. */
export type PushState = DeviceState & { first: ChannelChoice }

/** What a ticket's page is called: whoever knows it holds the ticket. */
const ticketToken = z.string().max(100)

export const guestDeviceForm = deviceForm.extend({ ticket: ticketToken })
export const guestEndpointForm = endpointForm.extend({ ticket: ticketToken })
