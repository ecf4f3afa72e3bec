'use client'

import { useEffect, useRef } from 'react'
import type { ActionRefusal } from './use-action'

/** What an action found wrong with each field, as the schema says it; empty for other refusals. */
export function readFieldProblems(refusal: ActionRefusal | null): Map<string, string> {
  const problems = new Map<string, string>()
  const fields = refusal?.reason === 'invalid' ? refusal.details.fields : null
  for (const one of Array.isArray(fields) ? fields : []) {
    const { field, message } = Object(one)
    if (typeof field === 'string' && !problems.has(field)) problems.set(field, String(message))
  }
  return problems
}

/** After a refusal the first field that is wrong gets the focus: its words are read out with it. */
export function useFocusOnProblem(refusal: ActionRefusal | null) {
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (refusal) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [refusal])
  return form
}
