import type { Finding } from './tree'

const leadingComments = /^(\s|\/\/[^\n]*\n|\/\*[\s\S]*?\*\/)+/

/**
 * Next honours the directive only before the first statement. Without it the functions are bundled
 * for the browser instead of becoming endpoints, and nothing warns of it.
 */
export function checkServerDirective({
  file,
  source,
}: {
  file: string
  source: string
}): Finding[] {
  if (!/^domain\/.+[/.]actions\.ts$/.test(file)) return []
  if (/^['"]use server['"]/.test(source.replace(leadingComments, ''))) return []
  return [{ file, message: "an actions file begins with 'use server'", severity: 'error' }]
}
