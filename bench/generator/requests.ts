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
    const { path, headers = {} } = plan
    const read: Asked = { method: 'GET', path, headers, body: '' }
    return () => read
  }
  const tokenOf = (index: number) => tokens[(firstDiner + index) % tokens.length] ?? ''
  if (plan.kind === 'take-turns') return (index) => takeTurn({ plan, index })
  if (plan.kind === 'enter')
    return (index) => makePost({ path: plan.path, token: tokenOf(index), body: '' })
  const makeBody = plan.kind === 'join' ? makeJoin : makeBooking(plan)
  return (index) => {
    const body = makeBody(index)
    if (body === null) return null
    const post = makePost({ path: plan.path, token: tokenOf(index), body })
    const key = { 'idempotency-key': `bench-${firstDiner + index}` }
    return { ...post, headers: { ...post.headers, ...key } }
  }
}

function makePost({ path, token, body }: { path: string; token: string; body: string }): Asked {
  const headers: Record<string, string> = {
    authorization: `Bearer ${token}`,
    'content-length': String(Buffer.byteLength(body)),
  }
  if (body) headers['content-type'] = 'application/json'
  return { method: 'POST', path, headers, body }
}

function takeTurn({
  plan: { path, holders },
  index,
}: {
  plan: Extract<RequestPlan, { kind: 'take-turns' }>
  index: number
}): Asked | null {
  const holder = holders[index]
  if (!holder) return null
  const body = JSON.stringify({ receipt: holder.receipt })
  return makePost({ path, token: holder.token, body })
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
