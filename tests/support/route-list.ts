import { readdirSync } from 'node:fs'
import path from 'node:path'
import { expect } from 'vitest'

const ROUTES = path.resolve(import.meta.dirname, '../../app/api/v1')
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']

/** Every route of v1 with each method it answers, as `GET /restaurants/[id]`. */
export async function listRoutes(): Promise<string[]> {
  const files = readdirSync(ROUTES, { recursive: true, encoding: 'utf8' })
  const found: string[] = []
  for (const file of files.filter((name) => path.basename(name) === 'route.ts').sort()) {
    const route: Record<string, unknown> = await import(path.join(ROUTES, file))
    const methods = METHODS.filter((method) => method in route)
    expect(methods, `${file} answers no method`).not.toEqual([])
    for (const method of methods) found.push(`${method} /${path.dirname(file)}`)
  }
  return found
}
