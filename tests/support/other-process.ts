import { vi } from 'vitest'

/** What a process of ours does that depends on its secrets. */
async function loadProcess() {
  vi.resetModules()
  const [keys, links, receipts, tokens, sessions, plan, entries, use, outbox, opening] =
    await Promise.all([
      import('@/lib/crypto/auth-key'),
      import('@/lib/crypto/link-token'),
      import('@/lib/crypto/receipt'),
      import('@/lib/crypto/session-token'),
      import('@/domain/identity/session.commands'),
      import('@/domain/opening/plan.commands'),
      import('@/domain/opening/commands'),
      import('@/domain/booking/key-use.commands'),
      import('@/domain/notification/outbox.commands'),
      import('@/domain/opening/queries'),
    ])
  return {
    ...keys,
    ...links,
    ...receipts,
    ...tokens,
    ...sessions,
    ...plan,
    ...entries,
    ...use,
    ...outbox,
    ...opening,
  }
}

export type OtherProcess = Awaited<ReturnType<typeof loadProcess>>

/** Works as a process that was started with these variables: its modules are loaded anew. */
export async function asProcessWith<T>(
  variables: { AUTH_SECRET: string; GIVEN_UP_KEYS?: string },
  work: (process: OtherProcess) => Promise<T>,
): Promise<T> {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value)
  try {
    return await work(await loadProcess())
  } finally {
    vi.unstubAllEnvs()
    vi.resetModules()
  }
}
