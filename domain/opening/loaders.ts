import { cache } from 'react'
import { z } from 'zod'
import { readOpening } from './queries'
import type { Opening } from './types'

/** An opening as its page shows it before the page's own script asks. Null: there is none. */
export const loadOpening = cache(async (id: string): Promise<Opening | null> => {
  const asked = z.uuid().safeParse(id)
  return asked.success ? (await readOpening(asked.data)).data : null
})
