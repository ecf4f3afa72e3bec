import { z } from 'zod'
import { formVersion, lineOf, secureUrl } from './schema'

/** As many as the table has positions for. */
export const MOST_PICTURES = 10

/** A picture lies on somebody else's server; only browsers ever fetch it. */
const picture = z.strictObject({ url: secureUrl, alt: lineOf({ most: 200 }) })

export const picturesForm = z.strictObject({
  restaurantId: z.uuid(),
  version: formVersion,
  /** In the order they are shown in. */
  pictures: z.array(picture).max(MOST_PICTURES),
})

export type Picture = z.output<typeof picture>
