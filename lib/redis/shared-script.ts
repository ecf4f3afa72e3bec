import { createHash } from 'node:crypto'
import type { Redis } from '@upstash/redis'
import { askRedis, noteRefusal } from './redis'

type Call<Answer> = {
  keys: string[]
  args: string[]
  settle: (asked: { answer: Answer } | null) => void
}

/**
 * A script whose calls within one turn of the event loop share one request: a single call waits for
 * no other, and a crowd costs one request. Null: Redis did not answer, or refused
 * the script.
 */
export function createSharedScript<Answer>(text: string) {
  const sha = createHash('sha1').update(text).digest('hex')
  let waiting: Call<Answer>[] = []

  async function askAll({ redis, calls }: { redis: Redis; calls: Call<Answer>[] }) {
    const byHash = redis.pipeline()
    for (const { keys, args } of calls) byHash.evalsha(sha, keys, args)
    const replies = await byHash.exec<Answer[]>({ keepErrors: true })
    if (!replies.some(({ error }) => error?.includes('NOSCRIPT'))) return replies
    // Redis never had the script or has restarted, so none of the calls ran.
    const byText = redis.pipeline()
    for (const { keys, args } of calls) byText.eval(text, keys, args)
    return byText.exec<Answer[]>({ keepErrors: true })
  }

  async function flush(): Promise<void> {
    const calls = waiting
    waiting = []
    const asked = await askRedis((redis) => askAll({ redis, calls }))
    calls.forEach(({ settle }, index) => {
      const reply = asked?.answer[index]
      if (reply?.error) noteRefusal(reply.error)
      settle(reply?.result === undefined || reply.error ? null : { answer: reply.result })
    })
  }

  return (keys: string[], args: string[]): Promise<{ answer: Answer } | null> =>
    new Promise((settle) => {
      if (waiting.length === 0) setImmediate(flush)
      waiting.push({ keys, args, settle })
    })
}
