import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeEach, expect } from 'vitest'
import { setUpSeating } from './booking-scene'
import { useDatabase } from './database'
import { bookOver, createPerson, useApps } from './http-scene'
import { useInbox } from './inbox'
import { type PostgresProxy, startPostgresProxy } from './postgres-proxy'
import { useGateway } from './stack-gateway'

/** Processes, each behind a proxy of its own in front of Postgres, that rest before each test. */
export function useCountedApps({ count }: { count: number }) {
  const database = useDatabase()
  const gateway = useGateway()
  const inbox = useInbox()
  const proxies: PostgresProxy[] = []
  const startApp = async () => {
    const proxy = await startPostgresProxy({ url: database.databaseUrl })
    proxies.push(proxy)
    return { databaseUrl: proxy.url }
  }
  const apps = Array.from({ length: count }, () => useApps(startApp))
  let warmUps = 0

  const appAt = (index: number) => {
    const [app, proxy] = [apps[index], proxies[index]]
    if (!app || !proxy) throw new Error(`no process ${index}`)
    return { url: app.urlOf(), proxy }
  }

  async function warmUp(url: string): Promise<void> {
    const scene = await setUpSeating({ tables: [{ maxParty: 4 }] })
    const { token, email } = await createPerson()
    expect((await bookOver({ url, token, scene })).status).toBe(201)
    await inbox.waitForMail({ recipient: email })
    warmUps += 1
  }

  /** Waits until nothing has reached Postgres for a while: earlier answers have no work left. */
  async function rest(): Promise<void> {
    const giveUpAtMs = performance.now() + 30_000
    do {
      if (performance.now() > giveUpAtMs) throw new Error('the processes never came to rest')
      for (const proxy of proxies) proxy.forget()
      await sleep(400)
    } while (proxies.some((proxy) => proxy.listTrips().length > 0))
    await gateway.resetCounts()
  }

  afterAll(() => Promise.all(proxies.map((proxy) => proxy.stop())))
  beforeEach(async () => {
    await gateway.reset()
    // Connections are made, scripts are loaded and mails are sent before anything is counted.
    for (const index of apps.keys()) await warmUp(appAt(index).url)
    await rest()
  })

  /** The bookings with a mail that were made before the tests' own. */
  const countWarmUps = () => warmUps
  return { database, gateway, inbox, proxies, appAt, rest, countWarmUps }
}
