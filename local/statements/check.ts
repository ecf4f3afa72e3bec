import type pg from 'pg'
import ts from 'typescript'
import { listFiles } from '@/local/checks/tree'
import { type CollectedStatements, collectStatements, type Place, type Statement } from './collect'
import { compareRow } from './compare'
import { type Column, createDescriber } from './describe'
import { DYNAMIC, PROVEN_NOT_NULL } from './exceptions'

/** `unknown[]`, `object[]`: the caller only counts the rows. */
const UNREAD = ts.TypeFlags.Unknown | ts.TypeFlags.NonPrimitive

const ASKING =
  /^(domain|lib|prisma\/seed|prisma\/(factories|make-admin)\.ts)(\/.*)?(?<!\.test)(\.ts)?$/

export interface StatementsCheck {
  root: string
  /** A client of a migrated database. */
  client: pg.Client
  files?: string[]
  overlay?: Record<string, string>
}

/**
 * Has Postgres prepare every raw statement of the product, and compares the columns it would return
 * with the declared row. One line for each fault.
 */
export async function checkStatements({
  root,
  client,
  ...asked
}: StatementsCheck): Promise<string[]> {
  const files = asked.files ?? listFiles(root).filter((file) => ASKING.test(file))
  const collected = collectStatements({ root, ...asked, files })
  const faults = [...judgeDynamic(collected), ...(asked.files ? [] : listStale(collected))]
  const describe = await createDescriber(client)
  for (const statement of collected.statements) {
    const description = await describe(statement.text)
    if (!description.ok) faults.push(tell(statement, description.message))
    else faults.push(...judge({ statement, ...description, ...collected }))
  }
  return [...new Set(faults)]
}

function judgeDynamic({ dynamic }: CollectedStatements): string[] {
  return dynamic
    .filter(({ within }) => !(within in DYNAMIC))
    .map((it) => tell(it, `its text can't be known before it runs (${it.because})`))
}

/** Exceptions that match nothing; a check that finds no statements at all also fails here. */
function listStale({ statements, dynamic }: CollectedStatements): string[] {
  const isIn = (places: Place[], name: string) => places.some(({ within }) => within === name)
  return [
    ...Object.keys(DYNAMIC).filter((name) => !isIn(dynamic, name)),
    ...Object.keys(PROVEN_NOT_NULL).filter((name) => !isIn(statements, name)),
  ].map((name) => `local/statements/exceptions.ts excepts ${name}, which is not there`)
}

function tell({ file, line }: Place, message: string): string {
  return `${file}:${line} ${message}`
}

function judge({
  statement,
  columns,
  checker,
}: {
  statement: Statement
  columns: Column[]
  checker: ts.TypeChecker
}): string[] {
  const { row, through, isRead, within } = statement
  if (row && !(row.flags & UNREAD)) {
    const proven = PROVEN_NOT_NULL[within] ?? []
    const known = columns.map((it) =>
      proven.includes(it.name) ? { ...it, isNullable: false } : it,
    )
    return compareRow({ columns: known, row, through, checker }).map((it) => tell(statement, it))
  }
  const isMissed = isRead && !row && columns.length > 0
  return isMissed ? [tell(statement, 'its rows are read and have no type')] : []
}
