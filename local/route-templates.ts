import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

const ROOT = path.resolve(import.meta.dirname, '..')
const OUTPUT = path.join(ROOT, 'lib/metrics/generated/route-templates.ts')

/** What answers addresses that lead nowhere. */
const CATCH_ALLS = new Set(['/[...rest]', '/api/[[...unknown]]'])

/** Every page and handler of `app/` by its template, without the language: `/restaurants/[slug]`. */
function listRouteTemplates(): string[] {
  const files = readdirSync(path.join(ROOT, 'app'), { recursive: true, encoding: 'utf8' })
  const templates = files
    .filter((file) => /^(page|route)\.tsx?$/.test(path.basename(file)))
    .map((file) => path.dirname(file).split(path.sep))
    .map((parts) => `/${parts.filter((part) => part !== '[locale]' && part !== '.').join('/')}`)
  return [...new Set(templates)].filter((template) => !CATCH_ALLS.has(template)).sort()
}

/** Metrics are counted by these, so that an address of somebody's own never becomes a label. */
export function writeRouteTemplates(): void {
  const lines = listRouteTemplates().map((template) => `  '${template}',`)
  const source = `export const routeTemplates: readonly string[] = [\n${lines.join('\n')}\n]\n`
  if (existsSync(OUTPUT) && readFileSync(OUTPUT, 'utf8') === source) return
  mkdirSync(path.dirname(OUTPUT), { recursive: true })
  writeFileSync(OUTPUT, source)
}
