/**
 * Runs before each test file that works on stores, and before any module of the project is
 * imported, because the environment is read when its module is loaded.
 */
import { afterAll, inject } from 'vitest'
import { cloneWorkerDatabase } from './database'
import { startWorkerInbox } from './inbox'
import { startWorkerOutside } from './outside'
import { startWorkerRedisProxy } from './stack-gateway'
import { reserveSlot } from './worker-slot'

const stack = inject('stack')
const { slot, release } = await reserveSlot(stack.postgres.superuserUrl)
const database = await cloneWorkerDatabase({ stack, slot })
const inbox = await startWorkerInbox()
const outside = await startWorkerOutside()

/** One of Redis' two ways; the project of vitest says which. */
async function nameRedis(): Promise<Record<string, string>> {
  if (process.env.REDIS_WAY === 'TCP')
    return { REDIS_URL: (await startWorkerRedisProxy(`${stack.redisUrl}/${slot}`)).url }
  return {
    UPSTASH_REDIS_REST_URL: stack.gatewayUrl,
    UPSTASH_REDIS_REST_TOKEN: `${stack.gatewayTokenPrefix}${slot}`,
  }
}

Object.assign(process.env, {
  DATABASE_URL: database.appUrl,
  DIRECT_DATABASE_URL: database.ownerUrl,
  CHECK_DATABASE_URL: database.ownerUrl,
  ...(await nameRedis()),
  SMTP_URL: inbox.smtpUrl,
  NOTICE_ORIGINS: outside.origin,
})

afterAll(async () => {
  await Promise.all([inbox.stop(), outside.stop()])
  await release()
})
