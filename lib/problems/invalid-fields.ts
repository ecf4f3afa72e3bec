import type { core, ZodError } from 'zod'

/** The message of a field that has to be filled in, for pages that say it in their own words. */
export const EMPTY = 'must not be empty'

/** An invalid field: where it is and what is wrong, never its content. */
export type InvalidField = { field: string; code: string; message: string }

export function listInvalidFields(error: ZodError): InvalidField[] {
  return error.issues
    .flatMap(listMeant)
    .slice(0, 10)
    .map((issue) => ({
      field:
        issue.path.join('.') ||
        (issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 5).join(', ') : ''),
      code: issue.code,
      message: issue.message,
    }))
}

/** Where several shapes are accepted, the one that comes closest is meant. */
function listMeant(issue: core.$ZodIssue): core.$ZodIssue[] {
  if (issue.code !== 'invalid_union') return [issue]
  const [closest] = issue.errors.toSorted((a, b) => a.length - b.length)
  if (!closest) return [issue]
  return closest.flatMap((inner) => listMeant({ ...inner, path: [...issue.path, ...inner.path] }))
}
