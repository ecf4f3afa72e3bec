import path from 'node:path'
import ts from 'typescript'
import { NotConstant, TextReader } from './text'

/** The place of a statement in the source. */
export interface Place {
  file: string
  line: number
  /** The top-level function or constant around it. */
  within: string
}

/** A statement in the source, with its declared row. */
export interface Statement extends Place {
  text: string
  /** Prisma and `pg` turn the same column into different values. */
  through: 'prisma' | 'pg'
  /** Null: no row is declared, or no column is read (`unknown[]`, when only the count matters). */
  row: ts.Type | null
  /** Whether the caller uses the answer. */
  isRead: boolean
}

export interface CollectedStatements {
  statements: Statement[]
  /** Statements whose text is only known at run time, each with the expression that prevents it. */
  dynamic: (Place & { because: string })[]
  checker: ts.TypeChecker
}

/**
 * Collects every statement from these files' source. `overlay` adds or replaces files for a test.
 */
export function collectStatements({
  root,
  files,
  overlay = {},
}: {
  root: string
  files: string[]
  overlay?: Record<string, string>
}): CollectedStatements {
  const program = createProgram({ root, files, overlay })
  const checker = program.getTypeChecker()
  const reader = new TextReader(checker)
  const collected: CollectedStatements = { statements: [], dynamic: [], checker }
  for (const file of [...files, ...Object.keys(overlay)]) {
    const source = program.getSourceFile(path.join(root, file))
    if (!source) throw new Error(`${file} could not be read`)
    visit(source)
  }
  return collected

  function visit(node: ts.Node): void {
    const asked = findAsked({ node, checker })
    if (asked) collect(asked, node)
    ts.forEachChild(node, visit)
  }

  function collect({ textOf, ...asked }: Asked, node: ts.Node): void {
    const source = node.getSourceFile()
    const file = path.relative(root, source.fileName).replaceAll(path.sep, '/')
    const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1
    const place = { file, line, within: nameAround(node) }
    try {
      for (const text of textOf(reader)) collected.statements.push({ ...place, text, ...asked })
    } catch (error) {
      if (!(error instanceof NotConstant)) throw error
      collected.dynamic.push({ ...place, because: error.message })
    }
  }
}

function createProgram({
  root,
  files,
  overlay,
}: {
  root: string
  files: string[]
  overlay: Record<string, string>
}): ts.Program {
  const config = ts.readConfigFile(path.join(root, 'tsconfig.json'), ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, root)
  const host = ts.createCompilerHost(options, true)
  const planted = new Map(
    Object.entries(overlay).map(([file, source]) => [path.join(root, file), source]),
  )
  const { fileExists, readFile, getSourceFile } = host
  host.fileExists = (file) => planted.has(file) || fileExists(file)
  host.readFile = (file) => planted.get(file) ?? readFile(file)
  host.getSourceFile = (file, language, ...rest) => {
    const source = planted.get(file)
    return source === undefined
      ? getSourceFile(file, language, ...rest)
      : ts.createSourceFile(file, source, language, true)
  }
  const rootNames = [...files, ...planted.keys()].map((file) => path.resolve(root, file))
  return ts.createProgram({ rootNames, options: { ...options, incremental: false }, host })
}

type Asked = Pick<Statement, 'through' | 'row' | 'isRead'> & {
  textOf: (read: TextReader) => string[]
}

/** The only function that knows the names by which code runs a statement. */
function findAsked({ node, checker }: { node: ts.Node; checker: ts.TypeChecker }): Asked | null {
  if (ts.isTaggedTemplateExpression(node)) {
    const isAsked = ['$queryRaw', '$executeRaw'].includes(nameOf(node.tag))
    return isAsked ? askedOfPrisma({ node, text: node, checker }) : null
  }
  if (!ts.isCallExpression(node)) return null
  const [first, second] = node.arguments
  const name = nameOf(node.expression)
  if (!first) return null
  if (name === '$queryRawUnsafe' || name === '$executeRawUnsafe') {
    return askedOfPrisma({ node, text: first, checker })
  }
  if (name === 'createCall' || name === 'callPatiently') {
    // These functions read their one column themselves; keys of the second argument name parameters.
    return {
      textOf: (read) => (second ? read.readCalls({ name: first, args: second }) : []),
      through: 'pg',
      row: null,
      isRead: false,
    }
  }
  if (name === 'askAnswers')
    return {
      textOf: (read) => read.readTexts(findText(first)),
      through: 'pg',
      row: null,
      isRead: false,
    }
  if (!isAskedOfPg({ callee: node.expression, name, checker })) return null
  const row = typeArgument({ node, checker })
  const text = findText(first)
  return { textOf: (read) => read.readTexts(text), through: 'pg', row, isRead: isRead(node) }
}

function askedOfPrisma({
  node,
  text,
  checker,
}: {
  node: ts.CallExpression | ts.TaggedTemplateExpression
  text: ts.Expression
  checker: ts.TypeChecker
}): Asked {
  const rows = typeArgument({ node, checker })
  const row = rows && (checker.getIndexTypeOfType(rows, ts.IndexKind.Number) ?? null)
  return { textOf: (read) => read.readTexts(text), through: 'prisma', row, isRead: isRead(node) }
}

function typeArgument({
  node,
  checker,
}: {
  node: ts.CallExpression | ts.TaggedTemplateExpression
  checker: ts.TypeChecker
}): ts.Type | null {
  const [argument] = node.typeArguments ?? []
  return argument ? checker.getTypeFromTypeNode(argument) : null
}

function nameOf(callee: ts.Expression): string {
  if (ts.isIdentifier(callee)) return callee.text
  return ts.isPropertyAccessExpression(callee) ? callee.name.text : ''
}

/** `query` of a `pg` pool or client, or `read` of the kind that takes a statement. */
function isAskedOfPg({
  callee,
  name,
  checker,
}: {
  callee: ts.Expression
  name: string
  checker: ts.TypeChecker
}): boolean {
  if (name === 'read') return checker.getTypeAtLocation(callee).aliasSymbol?.name === 'Reading'
  if (name !== 'query') return false
  const symbol = checker.getSymbolAtLocation(
    ts.isPropertyAccessExpression(callee) ? callee.name : callee,
  )
  return (
    symbol?.declarations?.some((it) => it.getSourceFile().fileName.includes('@types/pg/')) ?? false
  )
}

/** For `{ text, values }`, the statement is its `text`. */
function findText(first: ts.Expression): ts.Expression {
  if (!ts.isObjectLiteralExpression(first)) return first
  const property = first.properties.find((it) => it.name?.getText() === 'text')
  if (property && ts.isPropertyAssignment(property)) return property.initializer
  return property && ts.isShorthandPropertyAssignment(property) ? property.name : first
}

function isRead(node: ts.Node): boolean {
  const { parent } = node
  return ts.isAwaitExpression(parent) ? isRead(parent) : !ts.isExpressionStatement(parent)
}

/** The top-level function or constant that contains a node. */
function nameAround(node: ts.Node): string {
  let name = ''
  for (let at: ts.Node = node; !ts.isSourceFile(at); at = at.parent) {
    if ((ts.isFunctionDeclaration(at) || ts.isVariableDeclaration(at)) && at.name) {
      name = at.name.getText()
    }
  }
  return name
}
