import { z } from 'zod'

const LARGEST_PARTY = 100
const LARGEST_NUMBER = 9_999
/** More than the largest halls have; a schedule of sixty days has to fit through one page. */
export const MOST_TABLES = 200

const party = z.int().min(1).max(LARGEST_PARTY)
const partyRange = { minParty: party, maxParty: party }
const isRange = ({ minParty, maxParty }: { minParty: number; maxParty: number }) =>
  minParty <= maxParty
const wrongRange = { error: 'must not be smaller than the smallest party', path: ['maxParty'] }

const edited = { restaurantId: z.uuid(), version: z.int().min(0) }

/** So many tables of one class, numbered on from the highest number, or from `firstNumber`. */
export const tablesToAdd = z
  .strictObject({
    ...edited,
    ...partyRange,
    count: z.int().min(1).max(50),
    firstNumber: z.int().min(1).max(LARGEST_NUMBER).optional(),
  })
  .refine(isRange, wrongRange)

export const tableChange = z
  .strictObject({
    ...edited,
    ...partyRange,
    tableId: z.uuid(),
    number: z.int().min(1).max(LARGEST_NUMBER),
  })
  .refine(isRange, wrongRange)
