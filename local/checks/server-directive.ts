import type { Finding } from './tree'

const leadingComments = /^(\s|\/\/[^\n]*\n|\/\*[\s\S]*?\*\/)+/

/**
 * Next takes the directive only before the first statement. Without it the functions are no
 * endpoints but code bundled for the browser, and nothing says so.
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
