import type { ChannelChoice } from './subscription.schema'

/** What a browser needs to know to be told, and whether it is. */
export type DeviceState = {
  /** Null: the operator has not set up push. */
  publicKey: string | null
  /** SHA-256 of each device's endpoint in hex, by which a browser finds itself. */
  devices: string[]
}

/** How somebody with an account is told. */
export type PushState = DeviceState & { first: ChannelChoice }
