import type { ActionRefusal } from './use-action'

/** The fields that a refusal names, so that each shows its error. Empty: it concerns no field. */
export function readInvalidFields(refusal: ActionRefusal | null): Set<string> {
  if (refusal?.reason !== 'invalid') return new Set()
  const { fields } = refusal.details
  const named = Array.isArray(fields) ? fields.map((each) => String(Object(each).field)) : []
  return new Set(named)
}
