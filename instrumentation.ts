/** Runs once, when a process starts. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { nudgeOutbox } = await import('./domain/notification/commands')
  const { answerOutboxBell } = await import('./lib/db/outbox')
  answerOutboxBell(nudgeOutbox)
}
