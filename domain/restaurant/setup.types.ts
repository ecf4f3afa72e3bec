/** What a restaurant has of what it takes to open. */
export type Furnishing = {
  tables: number
  /** Stretches of an ordinary week. */
  hours: number
  /** Dates from today on that can be booked. */
  schedule: number
  /** 1: diners can read about it. */
  description: number
  pictures: number
}
