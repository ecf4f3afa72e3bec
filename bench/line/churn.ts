import { setTimeout as sleep } from 'node:timers/promises'
import { readField } from '../replay/answers'
import type { Wire } from '../replay/wire'
import type { AskedOfLine } from './check'
import type { Joiner } from './joiner'

/** A party in line. */
export interface Holder extends Joiner {
  ticketId: string
  number: number
}

/**
 * Keeps a line moving until it is over: a party near the front leaves, another lets others pass,
 * another joins. Refusals are part of it; every request is recorded.
 */
export async function churnLine({
  actsPerSecond,
  holders,
  joiners,
  join,
  pick,
  roll,
  note,
  isOver,
}: {
  actsPerSecond: number
  holders: Holder[]
  joiners: Joiner[]
  join: (joiner: Joiner) => Promise<Holder | null>
  pick: () => Wire
  roll: () => number
  note: (asked: AskedOfLine) => void
  isOver: () => boolean
}): Promise<void> {
  const waiting = [...joiners]
  const running: Promise<unknown>[] = []
  while (!isOver()) {
    const chance = roll()
    const joiner = chance < 0.3 ? waiting.pop() : undefined
    if (joiner) {
      running.push(join(joiner).then((holder) => void (holder && holders.push(holder))))
    } else if (chance < 0.7) {
      const [gone] = holders.splice(Math.floor((roll() * holders.length) / 3), 1)
      if (gone) running.push(ask({ wire: pick(), holder: gone, act: 'cancel', body: {}, note }))
    } else {
      const holder = holders[Math.floor(roll() * holders.length)]
      const behindNumber = holders[Math.floor(roll() * holders.length)]?.number ?? 1
      const body = { behindNumber }
      if (holder) running.push(ask({ wire: pick(), holder, act: 'postpone', body, note }))
    }
    await sleep(1000 / actsPerSecond)
  }
  await Promise.all(running)
}

async function ask({
  wire,
  holder: { accountId, token, ticketId, number },
  act,
  body,
  note,
}: {
  wire: Wire
  holder: Holder
  act: 'cancel' | 'postpone'
  body: object
  note: (asked: AskedOfLine) => void
}): Promise<void> {
  const startMs = performance.now()
  const answer = await wire.ask({
    method: 'POST',
    path: `/api/v1/tickets/${ticketId}/${act}`,
    headers: { authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  })
  note({
    accountId,
    act,
    key: '',
    startMs,
    endMs: performance.now(),
    ticketId,
    number,
    status: answer.status,
    reason: readField(answer.body, 'reason'),
    hasRetryAfter: answer.retryAfterSeconds !== null,
  })
}
