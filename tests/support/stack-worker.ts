/**
 * Runs before each test file that works on stores, and before any module of the project is
 * imported, because the environment is read when its module is loaded.
 */
import { afterAll, inject } from 'vitest'
import { cloneWorkerDatabase } from './database'
import { startWorkerInbox } from './inbox'
import { startWorkerOutside } from './outside'
import { reserveSlot } from './worker-slot'

const stack = inject('stack')
const { slot, release } = await reserveSlot(stack.postgres.superuserUrl)
const database = await cloneWorkerDatabase({ stack, slot })
const inbox = await startWorkerInbox()
const outside = await startWorkerOutside()

Object.assign(process.env, {
  DATABASE_URL: database.appUrl,
  DIRECT_DATABASE_URL: database.ownerUrl,
  CHECK_DATABASE_URL: database.ownerUrl,
  UPSTASH_REDIS_REST_URL: stack.gatewayUrl,
  UPSTASH_REDIS_REST_TOKEN: `${stack.gatewayTokenPrefix}${slot}`,
  SMTP_URL: inbox.smtpUrl,
  NOTICE_ORIGINS: outside.origin,
})

afterAll(async () => {
  await Promise.all([inbox.stop(), outside.stop()])
  await release()
})
