import { makeDice } from '@/domain/opening/crowd.rules'

/** A made-up restaurant with a line. Minutes count from its opening. */
export interface LineRestaurant {
  /** How many seats each table has. */
  tables: number[]
  opensAtHour: number
  /** No party joins after it; those waiting are still seated. */
  joinMinutes: number
  /** Arrivals per hour, hour by hour; the last figure goes on. */
  partiesPerHour: number[]
  /** Factor for weekends. */
  weekendRush: number
  /** Parties waiting at the door when it opens. */
  early: number
  mealMinutes: number
  /** How much meals differ: deviation of the logarithm. */
  mealSpread: number
  /** How much evenings differ: the kitchen is slow, the guests are in a hurry. */
  eveningSpread: number
  /** Parties give up after this long on average. */
  patienceMinutes: number
  /** Of those called. */
  noShowShare: number
  /** That many tables are kept for bookings, for an hour and a half somewhere in the evening. */
  booked: number
  /** No table is given to a party that fills less than half of it. */
  isFrugal: boolean
}

export interface Party {
  partySize: number
  takenAt: number
  /** Null: the party left before. */
  calledAt: number | null
  leftAt: number | null
  /** When its turn was, had it stayed; for a called party, its call. */
  dueAt: number | null
}

/** How many parties are of one, of two, …, of six, added up. */
const SIZES = [0.08, 0.55, 0.7, 0.9, 0.95, 1]
const CLEARING_MINUTES = 3
/** A table waits that long for a party that does not come. */
const NO_SHOW_MINUTES = 8
const BOOKED_MINUTES = 90

class Evening {
  readonly parties: Party[] = []
  readonly #restaurant: LineRestaurant
  readonly #roll: () => number
  readonly #slowness: number
  readonly #crowd: number
  readonly #free: number[]
  #line: Party[] = []
  #isOpen = false
  #events: { at: number; happen: (now: number) => void }[] = []

  constructor({
    restaurant,
    weekday,
    seed,
  }: { restaurant: LineRestaurant; weekday: number; seed: number }) {
    this.#restaurant = restaurant
    this.#roll = makeDice(seed)
    this.#slowness = Math.exp(restaurant.eveningSpread * this.#rollNormal())
    this.#crowd = Math.exp(0.2 * this.#rollNormal()) * (weekday >= 5 ? restaurant.weekendRush : 1)
    this.#free = [...restaurant.tables]
  }

  play(): void {
    this.#planArrivals()
    this.#plan(0, (now) => {
      this.#isOpen = true
      this.#callNext(now)
    })
    for (let table = 0; table < this.#restaurant.booked; table += 1)
      this.#plan(this.#roll() * this.#restaurant.joinMinutes, (now) => this.#keepTable(now))
    for (let next = this.#takeNext(); next; next = this.#takeNext()) next.happen(next.at)
    this.parties.sort((one, other) => one.takenAt - other.takenAt)
  }

  #planArrivals(): void {
    const { early, partiesPerHour, joinMinutes } = this.#restaurant
    const join = (now: number) => this.#join(now)
    for (let party = 0; party < early * this.#crowd; party += 1)
      this.#plan(-30 * this.#roll(), join)
    const most = Math.max(...partiesPerHour) * this.#crowd
    const rollGap = () => this.#rollExponential(60 / most)
    for (let at = rollGap(); at < joinMinutes; at += rollGap()) {
      const perHour = partiesPerHour[Math.floor(at / 60)] ?? partiesPerHour.at(-1) ?? 0
      if (this.#roll() * most < perHour * this.#crowd) this.#plan(at, join)
    }
  }

  #join(now: number): void {
    const size = this.#roll()
    const party: Party = {
      partySize: SIZES.findIndex((share) => size < share) + 1,
      takenAt: now,
      calledAt: null,
      leftAt: null,
      dueAt: null,
    }
    this.parties.push(party)
    this.#line.push(party)
    this.#plan(now + this.#rollExponential(this.#restaurant.patienceMinutes), (at) => {
      if (party.calledAt !== null) return
      party.leftAt = at
      this.#line = this.#line.filter((one) => one !== party)
    })
    if (this.#isOpen) this.#callNext(now)
  }

  /** Calls the first party that fits a free table, as long as there are any. */
  #callNext(now: number): void {
    for (const seats of this.#free.toSorted((one, other) => one - other)) {
      const party = this.#line.find((one) => this.#fits(one, seats)) ?? null
      this.#noteGone({ now, seats, party })
      if (party) this.#seat({ now, seats, party })
    }
  }

  #seat({ now, seats, party }: { now: number; seats: number; party: Party }): void {
    this.#line = this.#line.filter((one) => one !== party)
    this.#free.splice(this.#free.indexOf(seats), 1)
    party.calledAt = now
    party.dueAt = now
    const comes = this.#roll() >= this.#restaurant.noShowShare
    const { mealMinutes, mealSpread } = this.#restaurant
    const usual = mealMinutes * (0.85 + party.partySize * 0.06) * this.#slowness
    const meal = usual * Math.exp(mealSpread * this.#rollNormal())
    this.#plan(now + (comes ? meal + CLEARING_MINUTES : NO_SHOW_MINUTES), (at) =>
      this.#release(seats, at),
    )
  }

  /** A party that left is called in the model, had it been first. */
  #noteGone({ now, seats, party }: { now: number; seats: number; party: Party | null }): void {
    for (const gone of this.parties) {
      if (gone.leftAt === null || gone.dueAt !== null || !this.#fits(gone, seats)) continue
      if (!party || gone.takenAt < party.takenAt) gone.dueAt = now
    }
  }

  #keepTable(now: number): void {
    const seats = this.#free.pop()
    if (seats !== undefined) this.#plan(now + BOOKED_MINUTES, (at) => this.#release(seats, at))
  }

  #release(seats: number, now: number): void {
    this.#free.push(seats)
    this.#callNext(now)
  }

  #fits({ partySize }: Party, seats: number): boolean {
    const isWorthIt = !this.#restaurant.isFrugal || seats <= 2 || partySize >= seats / 2
    return partySize <= seats && isWorthIt
  }

  #plan(at: number, happen: (now: number) => void): void {
    this.#events.push({ at, happen })
  }

  #takeNext() {
    let [next] = this.#events
    for (const event of this.#events) if (next && event.at < next.at) next = event
    this.#events = this.#events.filter((event) => event !== next)
    return next
  }

  #rollNormal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.#roll())) * Math.cos(2 * Math.PI * this.#roll())
  }

  #rollExponential(mean: number): number {
    return -mean * Math.log(1 - this.#roll())
  }
}

/** One evening from its opening to the last party's call, by chance alone. */
export function playEvening(plan: {
  restaurant: LineRestaurant
  weekday: number
  seed: number
}): Party[] {
  const evening = new Evening(plan)
  evening.play()
  return evening.parties
}
