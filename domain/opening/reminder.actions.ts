'use server'

import { readOwnVisitor } from '@/domain/identity/loaders'
import { isOutboxNudgeDue, nudgeOutbox } from '@/domain/notification/commands'
import { serverAction } from '@/lib/http/action'
import { after } from '@/lib/http/after'
import { refuse, succeed } from '@/lib/problems/result'
import { createLimit } from '@/lib/redis/limit'
import { askToBeTold, askToBeToldOfTurn, takeReminderBack } from './reminder.commands'
import { reminderRemoval, reminderRequest } from './reminder.schema'

const changes = createLimit({ name: 'reminders:account', tries: 30, windowSeconds: 60 })

async function limitChanges(accountId: string) {
  const limit = await changes(accountId)
  return limit.allowed
    ? succeed(null)
    : refuse('rate-limited', { retryAfterMs: limit.retryAfterMs })
}

/** The process that was asked wakes up when it is due, if that is soon. */
function plan<Asked extends { ok: boolean }>(asked: Asked): Asked {
  if (asked.ok && isOutboxNudgeDue()) after(nudgeOutbox)
  return asked
}

/** A diner asks to be told before an opening. */
export const askForReminder = serverAction({
  who: readOwnVisitor,
  input: reminderRequest,
  run: async ({ who: { accountId }, input: { openingId } }) => {
    const limited = await limitChanges(accountId)
    return limited.ok ? plan(await askToBeTold({ openingId, accountId })) : limited
  },
})

/** A diner who has entered asks to be told before their turn. */
export const askForTurnReminder = serverAction({
  who: readOwnVisitor,
  input: reminderRequest,
  run: async ({ who: { accountId }, input: { openingId } }) => {
    const limited = await limitChanges(accountId)
    return limited.ok ? plan(await askToBeToldOfTurn({ openingId, accountId })) : limited
  },
})

/** A diner does not want to be told any more. */
export const takeOwnReminderBack = serverAction({
  who: readOwnVisitor,
  input: reminderRemoval,
  run: async ({ who: { accountId }, input }) => {
    const limited = await limitChanges(accountId)
    return limited.ok ? takeReminderBack({ ...input, accountId }) : limited
  },
})
