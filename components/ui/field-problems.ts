'use client'

import { useEffect, useRef } from 'react'
import type { ActionRefusal } from './use-action'

/** The schema's problem for each field of a refused action; empty for other refusals. */
export function readFieldProblems(refusal: ActionRefusal | null): Map<string, string> {
  const problems = new Map<string, string>()
  const fields = refusal?.reason === 'invalid' ? refusal.details.fields : null
  for (const one of Array.isArray(fields) ? fields : []) {
    const { field, message } = Object(one)
    if (typeof field === 'string' && !problems.has(field)) problems.set(field, String(message))
  }
  return problems
}

/** After a refusal the first invalid field gets the focus, so that its message is read with it. */
export function useFocusOnProblem(refusal: ActionRefusal | null) {
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (refusal) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [refusal])
  return form
}
