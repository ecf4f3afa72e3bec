import type { ChannelChoice } from './schema'

/** How somebody is told, and what their browsers need to know for it. */
export type PushState = {
  /** Null: the operator has not set up push. */
  publicKey: string | null
  first: ChannelChoice
  /** SHA-256 of each device's endpoint in hex, by which a browser finds itself. */
  devices: string[]
}
