/** Runs once, when a process starts. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { requireEnvironment } = await import('./lib/required-environment')
  await requireEnvironment()
  const { isDevelopment } = await import('./lib/env')
  const { secureEveryAnswer } = await import('./lib/http/security-headers')
  secureEveryAnswer({ isDevelopment })
  const { followResponses } = await import('./lib/http/raw-response')
  followResponses()
  const { countRequests } = await import('./lib/metrics/requests')
  const { watchEventLoopDelay } = await import('./lib/metrics/process')
  countRequests()
  watchEventLoopDelay()
  // On Vercel the platform decides how many requests an instance gets.
  if (!isDevelopment && !process.env.VERCEL) {
    const { openDoor } = await import('./lib/door/door')
    openDoor()
  }
  const { fillOutboxFrom, isOutboxNudgeDue, nudgeOutbox } = await import(
    './domain/notification/commands'
  )
  const { tellReminders } = await import('./domain/opening/reminder.commands')
  const { readNextReminderMs } = await import('./domain/opening/reminder.queries')
  const { reportKeys } = await import('./domain/booking/key-use.commands')
  const { answerOutboxBell } = await import('./lib/db/outbox')
  fillOutboxFrom({ fill: tellReminders, readNextMs: readNextReminderMs })
  answerOutboxBell({ send: nudgeOutbox, isDue: isOutboxNudgeDue })
  void reportKeys()
}
