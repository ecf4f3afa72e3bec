'use client'

import { useEffect, useRef } from 'react'
import { EMPTY } from '@/lib/problems/invalid-fields'
import type { ActionRefusal } from './use-action'

/** A refusal of an action, or of a request. */
type Refused = Pick<ActionRefusal, 'details'> & { reason: string | null }

/** The schema's problem for each field of a refused action; empty for other refusals. */
export function readFieldProblems(refusal: Refused | null): Map<string, string> {
  const problems = new Map<string, string>()
  const fields = refusal?.reason === 'invalid' ? refusal.details.fields : null
  for (const one of Array.isArray(fields) ? fields : []) {
    const { field, message } = Object(one)
    if (typeof field === 'string' && !problems.has(field)) problems.set(field, String(message))
  }
  return problems
}

/** The words for a field's problem: one that was left empty is not told that it is too long. */
export function sayProblem({
  problem,
  empty,
  otherwise,
}: {
  problem: string | undefined
  empty: string
  otherwise: string
}): string | undefined {
  if (problem === undefined) return undefined
  return problem === EMPTY ? empty : otherwise
}

/** After a refusal the first invalid field gets the focus, so that its message is read with it. */
export function useFocusOnProblem(refusal: ActionRefusal | null) {
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (refusal) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [refusal])
  return form
}
