import ts from 'typescript'
import type { Column } from './describe'

type Kind =
  | 'string'
  | 'number'
  | 'bigint'
  | 'boolean'
  | 'Date'
  | 'json'
  | 'list'
  | 'Decimal'
  | 'void'

const NUMBERS = ['int2', 'int4', 'oid', 'float4', 'float8']
const INSTANTS = ['timestamptz', 'timestamp']
const LISTS = [
  '_text',
  '_varchar',
  '_uuid',
  '_int2',
  '_int4',
  '_float8',
  '_bool',
  '_jsonb',
  '_timestamptz',
]

/**
 * The JavaScript kind of a column's value; Prisma and our `pg` pool read some types differently.
 */
function kindOf({ type }: Column, through: 'prisma' | 'pg'): Kind {
  if (NUMBERS.includes(type)) return 'number'
  if (INSTANTS.includes(type)) return 'Date'
  if (LISTS.includes(type)) return 'list'
  if (type === 'bool') return 'boolean'
  if (type === 'json' || type === 'jsonb') return 'json'
  if (type === 'void') return 'void'
  if (through === 'prisma' && type === 'int8') return 'bigint'
  if (through === 'prisma' && type === 'numeric') return 'Decimal'
  if (through === 'prisma' && type === 'date') return 'Date'
  // Every other type, an array of an enum ('{A,B}') included.
  return 'string'
}

/** Compares a statement's columns with its declared row: one sentence for each fault. */
export function compareRow({
  columns,
  row,
  through,
  checker,
}: {
  columns: Column[]
  row: ts.Type
  through: 'prisma' | 'pg'
  checker: ts.TypeChecker
}): string[] {
  const properties = new Map(
    checker.getPropertiesOfType(row).map((property) => [property.name, property]),
  )
  const names = new Set(columns.map((column) => column.name))
  const missing = [...properties.values()]
    .filter((it) => !(it.flags & ts.SymbolFlags.Optional) && !names.has(it.name))
    .map((it) => `"${it.name}" is in its type and no column`)
  const twice = columns
    .filter(({ name }, index) => columns.findIndex((it) => it.name === name) < index)
    .map(({ name }) => `"${name}" is selected twice`)
  return [
    ...missing,
    ...twice,
    ...columns.flatMap((column) => {
      const property = properties.get(column.name)
      if (!property) return [`"${column.name}" is selected and not in its type`]
      const fault = compareColumn({
        column,
        type: checker.getTypeOfSymbol(property),
        through,
        checker,
      })
      return fault ? [`"${column.name}" ${fault}`] : []
    }),
  ]
}

function compareColumn({
  column,
  type,
  through,
  checker,
}: {
  column: Column
  type: ts.Type
  through: 'prisma' | 'pg'
  checker: ts.TypeChecker
}): string | null {
  if (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return null
  const kind = kindOf(column, through)
  const declared = checker.getNonNullableType(type)
  const said = checker.typeToString(type)
  if (!fits({ declared, kind, checker })) return `is ${kind} (${column.type}) and not ${said}`
  return column.isNullable && !isNullable(type) ? `can be null and its type is ${said}` : null
}

function isNullable(type: ts.Type): boolean {
  const parts = type.isUnion() ? type.types : [type]
  return parts.some((part) => part.flags & ts.TypeFlags.Null)
}

function fits({
  declared,
  kind,
  checker,
}: {
  declared: ts.Type
  kind: Kind
  checker: ts.TypeChecker
}): boolean {
  const isA = (type: ts.Type) => checker.isTypeAssignableTo(declared, type)
  switch (kind) {
    case 'string':
      return isA(checker.getStringType())
    case 'number':
      return isA(checker.getNumberType())
    case 'bigint':
      return isA(checker.getBigIntType())
    case 'boolean':
      return isA(checker.getBooleanType())
    case 'list':
      return checker.isArrayType(declared)
    case 'json':
      return !isNamed(declared, 'Date')
    default:
      return isNamed(declared, kind)
  }
}

function isNamed(type: ts.Type, name: string): boolean {
  return type.symbol?.name === name
}
