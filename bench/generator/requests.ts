import type { RequestPlan } from './plan'

export interface Asked {
  method: 'GET' | 'POST'
  path: string
  headers: Record<string, string>
  body: string
}

/** The plan's requests in their order; null when there are no more. */
export function makeRequests({
  plan,
  tokens,
  firstDiner,
}: {
  plan: RequestPlan
  tokens: string[]
  firstDiner: number
}): (index: number) => Asked | null {
  if (plan.kind === 'read') {
    const read: Asked = { method: 'GET', path: plan.path, headers: {}, body: '' }
    return () => read
  }
  const makeBody = plan.kind === 'join' ? makeJoin : makeBooking(plan)
  return (index) => {
    const body = makeBody(index)
    if (body === null) return null
    const token = tokens[(firstDiner + index) % tokens.length] ?? ''
    const headers = {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(body)),
      'idempotency-key': `bench-${firstDiner + index}`,
    }
    return { method: 'POST', path: plan.path, headers, body }
  }
}

/** Parties of one to six, every size as often. */
function makeJoin(index: number): string {
  return JSON.stringify({ partySize: 1 + (index % 6), dining: 'IN_STORE', channel: 'ONLINE' })
}

function makeBooking(plan: Extract<RequestPlan, { kind: 'book' | 'ask-again' }>) {
  const pick = plan.kind === 'book' ? pickSeat(plan) : pickAny(plan)
  return (index: number): string | null => {
    const picked = pick(index)
    return picked && JSON.stringify({ ...picked.date, ...picked.seat })
  }
}

function pickSeat({ order, dates, seats }: Extract<RequestPlan, { kind: 'book' }>) {
  return (index: number) => {
    const isSpread = order === 'spread'
    const date = isSpread ? dates[index % dates.length] : dates[Math.floor(index / seats.length)]
    const seat = isSpread ? seats[Math.floor(index / dates.length)] : seats[index % seats.length]
    return date && seat ? { date, seat } : null
  }
}

function pickAny({ date, seats }: Extract<RequestPlan, { kind: 'ask-again' }>) {
  return (index: number) => {
    const seat = seats[index % seats.length]
    return seat ? { date, seat } : null
  }
}
