import { setTimeout as sleep } from 'node:timers/promises'
import type { Pool } from 'pg'
import { z } from 'zod'
import type { AppProcess } from './app-process'
import { createFixture } from './replay/fixture'

interface Served {
  pool: Pool
  apps: [AppProcess, AppProcess]
}

/** The most there may be: a turn has come by the time that its entry is answered. */
const TURNS_PER_SECOND = 10_000
const LOBBY_MS = 3_600_000
const DRAWN_WITHIN_MS = 30_000
/** How many enter at once, where entering is only prepared. */
const AT_ONCE = 16

const snapshot = z.looseObject({ drawnAt: z.string().nullable() })
const entered = z.looseObject({ receipt: z.string() })

/** An opening whose lobby stays open throughout, or one that is open and drawn, without a beacon. */
export async function makeOpening({
  pool,
  apps,
  isDrawn,
}: Served & { isDrawn: boolean }): Promise<string> {
  const { openingId } = await createFixture({
    pool,
    opensInMs: isDrawn ? 500 : LOBBY_MS,
    turnsPerSecond: TURNS_PER_SECOND,
    beacon: null,
  })
  const giveUpAtMs = performance.now() + DRAWN_WITHIN_MS
  for (const { url } of isDrawn ? apps : []) {
    let drawnAt: string | null = null
    while (drawnAt === null) {
      if (performance.now() > giveUpAtMs) throw new Error('the opening was not drawn')
      await sleep(250)
      const read = await fetch(`${url}/api/v1/openings/${openingId}`)
      drawnAt = snapshot.parse(await read.json()).drawnAt
    }
  }
  return openingId
}

/** That many diners enter, from the first one on, and keep their receipts. */
export async function enterOpening({
  apps,
  tokens,
  id,
  count,
}: Pick<Served, 'apps'> & { tokens: string[]; id: string; count: number }) {
  const waiting = tokens.slice(0, count)
  const holders: { token: string; receipt: string }[] = []
  const enterInTurn = async () => {
    for (let token = waiting.shift(); token; token = waiting.shift()) {
      const answer = await fetch(`${apps[0].url}/api/v1/openings/${id}/entries`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}` },
      })
      if (answer.status !== 201) throw new Error(`entering answered ${answer.status}`)
      holders.push({ token, receipt: entered.parse(await answer.json()).receipt })
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, enterInTurn))
  return holders
}
