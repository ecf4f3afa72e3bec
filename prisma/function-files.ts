import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

export type FunctionKind = 'FUNCTION' | 'TRIGGER' | 'VIEW'

/** A database function, trigger or view as `prisma/functions/<room>/<name>.sql` has it. */
export interface FunctionFile {
  name: string
  kind: FunctionKind
  /** Relative to the folder: `booking/place_reservation.sql`. */
  file: string
  /** The one statement, without the comment on top. */
  statement: string
}

export const FUNCTIONS_FOLDER = path.join(import.meta.dirname, 'functions')

const HEAD = /^CREATE OR REPLACE (FUNCTION|TRIGGER|VIEW) ([a-z0-9_]+)[\s(]/

/** Throws where a file does not hold exactly the definition that its name promises. */
export function readFunctionFiles(folder: string = FUNCTIONS_FOLDER): FunctionFile[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.sql'))
    .map((file) => file.replaceAll(path.sep, '/'))
    .sort()
    .map((file) => readFunctionFile({ folder, file }))
  const twice = files.find((it, index) => files.findIndex(({ name }) => name === it.name) < index)
  if (twice) throw new Error(`${twice.file}: ${twice.name} has a file already`)
  return files
}

function readFunctionFile({ folder, file }: { folder: string; file: string }): FunctionFile {
  const source = readFileSync(path.join(folder, file), 'utf8')
  const statement = source.replace(/^(--.*\n|\s*\n)*/, '').trimEnd()
  const [, kind, name] = HEAD.exec(statement) ?? []
  const expected = path.basename(file, '.sql')
  if (name !== expected || !isFunctionKind(kind)) {
    throw new Error(`${file}: expected CREATE OR REPLACE FUNCTION, TRIGGER or VIEW ${expected}`)
  }
  return { name, kind, file, statement }
}

function isFunctionKind(kind: string | undefined): kind is FunctionKind {
  return kind === 'FUNCTION' || kind === 'TRIGGER' || kind === 'VIEW'
}
