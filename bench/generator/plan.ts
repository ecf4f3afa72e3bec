/** A generator's orders and its report, sent between processes as JSON. */
export interface LoadPlan {
  /** Used in turn, one per request. */
  origins: string[]
  requests: RequestPlan
  pace: Pace
  expected: Expectation
  /** Answers to requests before this are not counted: connections open, caches fill. */
  settleMs: number
  measureMs: number
  /** The most requests that are sent, however fast they go. */
  mostRequests: number
}

export type Pace =
  /**
   * One request at each tick of a clock, whatever became of earlier ones. An answer counts from its
   * tick, so that a server that stalls is charged for every request that it kept waiting.
   */
  | { kind: 'open'; perSecond: number }
  /**
   * As many as the server can take: each of that many connections asks again when it is answered.
   */
  | { kind: 'saturating'; connections: number }

export type RequestPlan =
  | { kind: 'read'; path: string; headers?: Record<string, string> }
  /** Diner i asks for seat i: of one date until it is full, or of all dates in turn. */
  | {
      kind: 'book'
      path: string
      order: 'date-by-date' | 'spread'
      dates: HotDate[]
      seats: Seat[]
    }
  /** Diner i joins the line. */
  | { kind: 'join'; path: string }
  /** Diner i enters the opening. */
  | { kind: 'enter'; path: string }
  /** Each holder takes their turn, once. */
  | { kind: 'take-turns'; path: string; holders: { token: string; receipt: string }[] }
  /** Every diner asks for the same few seats of the one date. */
  | { kind: 'ask-again'; path: string; date: HotDate; seats: Seat[] }

export interface HotDate {
  restaurantId: string
  serviceDate: string
}

export interface Seat {
  startsAt: string
  partySize: number
}

export interface Expectation {
  status: number
  reason?: string
}

export interface LoadReport {
  /** Requests per second that were really begun while measuring. */
  askedPerSecond: number
  /** Expected answers per second to those requests that came while measuring. */
  answeredPerSecond: number
  answered: number
  /** Anything but the expected answer, by status and reason. */
  others: Record<string, number>
  p50Ms: number
  p99Ms: number
  maxMs: number
  /** How late the generator's own clock ticked at worst; if large, the figures can't be trusted. */
  lateMs: number
  /** Seats ran out, or the limit on requests was reached, before the time was over. */
  isCutShort: boolean
}
