import type { z } from 'zod'
import type { Reason } from '@/lib/problems/problem'
import type {
  openingChange,
  openingDraft,
  openingPlan,
  planDoubt,
  planPreview,
} from './plan.schema'

export type OpeningDraft = z.infer<typeof openingDraft>
export type OpeningPlan = z.infer<typeof openingPlan>
export type OpeningChange = z.infer<typeof openingChange>
export type PlanDoubt = z.infer<typeof planDoubt>
export type PlanPreview = z.infer<typeof planPreview>

/** What a plan is judged by, all of it at one instant of the database's clock. */
export type PlanFacts = {
  today: string
  /** The restaurant's service date at the instant of the opening. */
  dateThen: string
  /** Far enough ahead that somebody can be told. */
  isAhead: boolean
  sameDayOnly: boolean
  horizonDays: number
  isClosed: boolean
  hasOpening: boolean
}

export type PlanRefusal = Extract<
  Reason,
  | 'past-date'
  | 'past-time'
  | 'opening-too-late'
  | 'opening-too-early'
  | 'closed-day'
  | 'opening-exists'
>
