import { z } from 'zod'

const instant = z.iso.datetime()
export const LARGEST_PARTY = 20
/** The size of a page of a list. */
const MOST_RESTAURANTS = 50

export const partySize = z
  .string()
  .regex(/^[1-9]\d?$/)
  .transform(Number)
  .pipe(z.number().max(LARGEST_PARTY))

/**
 * Lower case, sorted and without duplicates, so that one list has one URL in a shared cache;
 * unknown keys are refused for the same reason.
 */
const restaurantIds = z
  .string()
  .max(MOST_RESTAURANTS * 37)
  .transform((text) => text.split(','))
  .pipe(z.array(z.uuid().lowercase()).max(MOST_RESTAURANTS))
  .refine((ids) => ids.every((id, index) => index === 0 || (ids[index - 1] ?? '') < id), {
    error: 'must be sorted, each once',
  })

export const tonightQuery = z.strictObject({ party: partySize, restaurants: restaurantIds })

export const tonight = z.object({
  partySize: z.int(),
  asOf: instant,
  pollAfterMs: z.int(),
  restaurants: z.array(
    z.object({
      restaurantId: z.uuid(),
      serviceDate: z.iso.date(),
      timeZone: z.string(),
      /** `LINE_ONLY`: no tables to book. `MISFIT`: none of today's tables would seat the party. */
      state: z.enum([
        ...(['FREE', 'HELD', 'FULL', 'MISFIT', 'OPENS_LATER', 'OVER', 'CLOSED'] as const),
        ...(['BOOKINGS_OFF', 'LINE_ONLY'] as const),
      ]),
      /** The next free times. */
      freeTimes: z.array(instant),
      /** How many more there are. */
      moreTimes: z.int(),
      /** Null unless bookings open later. */
      opensAt: instant.nullable(),
      /** The next time for the party on a later date, when today has none. Null: none is known. */
      nextFreeAt: instant.nullable(),
      /** The service date of `nextFreeAt`. */
      nextFreeDate: z.iso.date().nullable(),
      /** The next announced opening that is still to come, of any date. */
      opening: z
        .object({ openingId: z.uuid(), serviceDate: z.iso.date(), opensAt: instant })
        .nullable(),
    }),
  ),
})

/** What a list shows of restaurants for the rest of today: the same bytes for every reader. */
export type Tonight = z.infer<typeof tonight>
export type RestaurantTonight = Tonight['restaurants'][number]
export type TonightState = RestaurantTonight['state']
