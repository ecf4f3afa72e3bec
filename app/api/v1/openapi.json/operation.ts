import type { z } from 'zod'
import type { Reason } from '@/lib/problems/problem'

/** What an operation takes, answers and refuses. */
export type Operation = {
  summary: string
  open?: true
  query?: z.ZodType
  body?: z.ZodType
  status?: number
  answer?: z.ZodType
  /** Asked with an `Idempotency-Key`; `optional`: it may be. */
  keyed?: true | 'optional'
  refusals: Reason[]
}

export const bodyRefusals: Reason[] = ['not-json', 'invalid-json', 'too-large', 'invalid']
export const queryRefusals: Reason[] = ['unknown-parameter', 'invalid-parameter']
