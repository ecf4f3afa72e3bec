import type ts from 'typescript'

/**
 * A value that the source alone does not tell: a parameter, an answer, a row. A statement that
 * contains one in its text can't be known before it runs.
 */
export const UNKNOWN = Symbol('unknown')

export type Closure = { node: ts.FunctionLikeDeclaration; scope: Scope }
export type Value =
  | string
  | number
  | boolean
  | null
  | undefined
  | RegExp
  | typeof UNKNOWN
  | Value[]
  | Closure
  | { [key: string]: Value }
export type Scope = Map<ts.Symbol, Value>

export function isWord(value: Value): value is string | number {
  return typeof value === 'string' || typeof value === 'number'
}

export function isClosure(value: Value): value is Closure {
  return isRecord(value) && 'scope' in value && value.scope instanceof Map
}

export function isRecord(value: Value): value is { [key: string]: Value } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function readKey(holder: Value, key: string): Value {
  if (!isRecord(holder) || holder instanceof RegExp) return UNKNOWN
  return Object.hasOwn(holder, key) ? holder[key] : UNKNOWN
}

export function callString({
  held,
  method,
  args: [first, second],
}: {
  held: string
  method: string
  args: Value[]
}): Value {
  const isPattern = typeof first === 'string' || first instanceof RegExp
  if (isPattern && typeof second === 'string') {
    if (method === 'replaceAll') return held.replaceAll(first, second)
    if (method === 'replace') return held.replace(first, second)
  }
  if (method === 'trim') return held.trim()
  return UNKNOWN
}
