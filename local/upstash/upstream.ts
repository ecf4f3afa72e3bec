/** A command's name in capitals, then its arguments. */
export type Command = [name: string, ...args: string[]]

/** Redis' reply: strings as their bytes, so that base64 of them is exact. */
export type Reply = Buffer | string | number | null | RedisError | Reply[]

/** An answer, not an outage: the command was understood as wrong. */
export class RedisError extends Error {
  override name = 'RedisError'
}

/** What stands behind the gateway: a Redis, or the stand-in for a machine that has none. */
export interface Upstream {
  /** Rejects only when Redis can't be asked. */
  ask: (command: Command) => Promise<Reply>
  /** All or none, with no other command in between. A RedisError means none. */
  askAtomically: (commands: Command[]) => Promise<Reply[] | RedisError>
  close: () => Promise<void>
}
