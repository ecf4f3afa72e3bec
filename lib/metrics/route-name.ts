import { locales } from '@/lib/i18n/locale'

type Node = {
  literal: Map<string, Node>
  /** Takes any one segment. Null: none stands here. */
  any: Node | null
  /** Null: no route ends here. */
  template: string | null
  /** The route that takes whatever follows. Null: none does. */
  rest: string | null
}

/** The names of everything that is no route of `app/`. */
export const NO_ROUTE = { asset: 'asset', file: 'file', other: 'other' } as const

const makeNode = (): Node => ({ literal: new Map(), any: null, template: null, rest: null })

function step(node: Node, part: string): Node {
  if (part.startsWith('[')) {
    node.any ??= makeNode()
    return node.any
  }
  const next = node.literal.get(part) ?? makeNode()
  node.literal.set(part, next)
  return next
}

function add(root: Node, template: string): void {
  let node = root
  for (const part of template.split('/').slice(1)) {
    if (part.startsWith('[...')) {
      node.rest = template
      return
    }
    if (part !== '') node = step(node, part)
  }
  node.template = template
}

function find(node: Node, parts: readonly string[], at: number): string | null {
  const part = parts[at]
  if (part === undefined) return node.template
  const exact = node.literal.get(part)
  return (
    (exact && find(exact, parts, at + 1)) ??
    (node.any && find(node.any, parts, at + 1)) ??
    node.rest
  )
}

/**
 * Names a request's address by the route that answers it, as `/restaurants/[slug]`: one of the
 * templates or of `NO_ROUTE`, however many addresses are asked for.
 */
export function createRouteNamer(templates: readonly string[]): (url: string) => string {
  const root = makeNode()
  for (const template of templates) add(root, template)
  return (url) => {
    if (url.startsWith('/_next/')) return NO_ROUTE.asset
    const end = url.indexOf('?')
    const path = end < 0 ? url : url.slice(0, end)
    const parts = path.split('/').filter((part) => part !== '')
    if (locales.some((locale) => locale === parts[0])) parts.shift()
    const name = find(root, parts, 0)
    return name ?? (path.includes('.') ? NO_ROUTE.file : NO_ROUTE.other)
  }
}
