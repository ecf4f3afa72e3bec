import { dirname, join } from 'node:path/posix'
import ts from 'typescript'
import type { Finding } from './tree'

type Source = { file: string; source: string }

const commandsFile = /^domain\/.+[/.]commands\.ts$/
const readFiles = /^(domain|lib)\/.+(?<!\.test)\.ts$/
const writer = { file: 'domain/identity/audit.commands.ts', name: 'recordAct' }
/** The name under which a function that opens a transaction for others passes them the writer. */
const GIVEN_WRITER = 'record'

const WRITES =
  /\binsert\s+into\s+\w|\bdelete\s+from\s+\w|\bupdate\s+\w+\s+(?:(?:as\s+)?\w+\s+)?set\b/i
const WRITES_AN_EVENT = /\binsert\s+into\s+audit_events\b/i
const modelWrites = new Set([
  ...['create', 'createMany', 'update', 'updateMany', 'upsert', 'delete', 'deleteMany'],
])

/**
 * Commands that write without the audit writer, each with its reason. A stale entry fails the
 * check.
 */
export const unaudited: Record<string, string> = {
  'domain/booking/day-sheet.commands.ts queueDaySheets': 'its one statement writes its events',
  'domain/schedule/commands.ts makeSchedule': 'its one statement writes its event',
  'domain/schedule/commands.ts addSeatings': 'its one statement writes its event',
  'domain/booking/probe.commands.ts measureRates': 'none of its rows is ever committed',
  'domain/booking/key-use.commands.ts judgeKeys': 'bookkeeping of keys',
  'domain/identity/auth-key.commands.ts publishAuthKeys': 'public keys; no act of anybody',
  'domain/identity/code.commands.ts takeCodeTry': 'a count; what the code is for is recorded',
  'domain/identity/passkey.commands.ts beginAdding':
    'a random handle; adding the passkey is recorded',
  'domain/identity/passkey-challenge.commands.ts makeChallenge': 'what it is for is recorded',
  'domain/identity/passkey-challenge.commands.ts spendChallenge': 'what it is for is recorded',
  'domain/identity/passkey-challenge.commands.ts sweepPasskeyChallenges': 'a sweep',
  'domain/identity/session.commands.ts openSession': 'a device of one’s own',
  'domain/identity/session.commands.ts prolongSession': 'a device of one’s own',
  'domain/identity/session.commands.ts noteSeen': 'a device of one’s own',
  'domain/identity/session.commands.ts sweepSessions': 'a sweep',
  'domain/opening/turn.commands.ts recordTurn': 'opening_turns is the log itself',
  'domain/opening/reminder.commands.ts askToBeTold': 'how one is told oneself',
  'domain/opening/reminder.commands.ts askToBeToldOfTurn': 'how one is told oneself',
  'domain/opening/reminder.commands.ts takeReminderBack': 'how one is told oneself',
  'domain/opening/reminder.commands.ts planTurns': 'bookkeeping of what diners asked for',
  'domain/notification/bounce.commands.ts recordReports': 'bookkeeping of the outbox',
  'domain/notification/outbox.commands.ts claimNotices': 'bookkeeping of the outbox',
  'domain/notification/outbox.commands.ts recordOutcomes': 'bookkeeping of the outbox',
  'domain/notification/subscription.commands.ts addDevice': 'a browser of one’s own',
  'domain/notification/subscription.commands.ts removeDevice': 'a browser of one’s own',
  'domain/notification/subscription.commands.ts chooseFirstChannel': 'how one is told oneself',
  'domain/notification/subscription.commands.ts addGuestDevice': 'a browser of one’s own',
  'domain/notification/subscription.commands.ts removeGuestDevice': 'a browser of one’s own',
  'domain/restaurant/author.commands.ts findAuthor': 'when they last acted; each act is recorded',
  'domain/restaurant/settings.commands.ts wishDaySheet': 'how one is told oneself',
}

/** What one top-level function of a module does, nested functions included. */
type Action = {
  isExported: boolean
  /** It takes a transaction, so the function that began the transaction answers for it. */
  isStep: boolean
  writes: boolean
  writesEvent: boolean
  records: boolean
  /** The functions it calls, as `file name`. */
  calls: Set<string>
}

/**
 * Fails an exported command that writes without reaching the audit writer, directly or through its
 * calls, and any other code that writes an event (G11).
 */
export function checkAudited(
  sources: Source[],
  exceptions: Record<string, string> = unaudited,
): Finding[] {
  const actions = readActions(sources.filter(({ file }) => readFiles.test(file)))
  const reach = (from: string, does: (action: Action) => boolean, seen = new Set<string>()) => {
    const action = actions.get(from)
    if (!action || seen.has(from)) return false
    seen.add(from)
    if (does(action)) return true
    for (const called of action.calls)
      if (!(called in exceptions) && reach(called, does, seen)) return true
    return false
  }
  const findings: Finding[] = []
  const tell = (key: string, message: string) =>
    findings.push({ file: key.slice(0, key.indexOf(' ')), message, severity: 'error' })
  for (const [key, action] of actions) {
    const [file = '', name = ''] = key.split(' ')
    if (!commandsFile.test(file)) continue
    const isWriter = file === writer.file
    const isUnaudited =
      action.isExported &&
      !action.isStep &&
      reach(key, (it) => it.writes) &&
      !reach(key, (it) => it.records)
    if (isUnaudited && !(key in exceptions)) tell(key, `${name} writes without an audit event`)
    if (!isUnaudited && key in exceptions) tell(key, `${name} needs no exception from the audit`)
    if (action.writesEvent && !isWriter && !isExcepted(key, { actions, exceptions }))
      tell(key, `${name} writes audit_events past ${writer.name}`)
  }
  for (const key of Object.keys(exceptions))
    if (sources.some(({ file }) => key.startsWith(`${file} `)) && !actions.has(key))
      tell(key, `${key.split(' ')[1]} is excepted from the audit and is not there`)
  return findings
}

/** Whether the function is excepted, or is reached from an excepted one in its file. */
function isExcepted(
  key: string,
  { actions, exceptions }: { actions: Map<string, Action>; exceptions: Record<string, string> },
): boolean {
  if (key in exceptions) return true
  const [file] = key.split(' ')
  const seen = new Set<string>()
  const reaches = (from: string): boolean => {
    if (from === key) return true
    if (seen.has(from)) return false
    seen.add(from)
    return [...(actions.get(from)?.calls ?? [])].some(reaches)
  }
  return Object.keys(exceptions).some((from) => from.startsWith(`${file} `) && reaches(from))
}

function readActions(sources: Source[]): Map<string, Action> {
  const actions = new Map<string, Action>()
  for (const { file, source } of sources) {
    const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true)
    const names = readNames(tree, file)
    for (const { name, node, isExported } of listTopLevel(tree))
      actions.set(`${file} ${name}`, { isExported, ...readAction(node, names) })
  }
  return actions
}

type TopLevel = { name: string; node: ts.Node; isExported: boolean }

/** Top-level functions and constants; a constant may be a function or a statement's text. */
function listTopLevel(tree: ts.SourceFile): TopLevel[] {
  const found: TopLevel[] = []
  for (const statement of tree.statements) {
    const isExported =
      ts.canHaveModifiers(statement) &&
      (ts.getModifiers(statement) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
    if (ts.isFunctionDeclaration(statement) && statement.name)
      found.push({ name: statement.name.text, node: statement, isExported })
    if (ts.isVariableStatement(statement))
      for (const declared of statement.declarationList.declarations)
        if (ts.isIdentifier(declared.name))
          found.push({ name: declared.name.text, node: declared, isExported })
  }
  return found
}

/** What each name in a module refers to, as `file name`: its own top level, and its imports. */
function readNames(tree: ts.SourceFile, file: string): Map<string, string> {
  const names = new Map(listTopLevel(tree).map(({ name }) => [name, `${file} ${name}`]))
  for (const statement of tree.statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier))
      continue
    const bindings = statement.importClause?.namedBindings
    const from = resolveModule(statement.moduleSpecifier.text, file)
    if (!from || !bindings || !ts.isNamedImports(bindings)) continue
    for (const { name, propertyName } of bindings.elements)
      names.set(name.text, `${from} ${(propertyName ?? name).text}`)
  }
  return names
}

function resolveModule(specifier: string, file: string): string | null {
  if (specifier.startsWith('@/')) return `${specifier.slice(2)}.ts`
  return specifier.startsWith('.') ? `${join(dirname(file), specifier)}.ts` : null
}

function readAction(node: ts.Node, names: Map<string, string>): Omit<Action, 'isExported'> {
  const action = {
    isStep: takesTransaction(node),
    writes: false,
    writesEvent: false,
    records: false,
  }
  const calls = new Set<string>()
  const visit = (at: ts.Node) => {
    // Passing the writer on records nothing.
    if (isGivenWriter(at)) return
    const text = textOf(at)
    if (text !== null) {
      action.writes ||= WRITES.test(text)
      action.writesEvent ||= WRITES_AN_EVENT.test(text)
    }
    if (ts.isCallExpression(at)) {
      action.writes ||= isModelWrite(at.expression)
      action.writesEvent ||= isModelWrite(at.expression, 'auditEvent')
      action.records ||= isRecording(at.expression, names)
    }
    const meant = ts.isIdentifier(at) && !isMember(at) ? names.get(at.text) : undefined
    if (meant !== undefined) calls.add(meant)
    ts.forEachChild(at, visit)
  }
  visit(node)
  return { ...action, calls }
}

/** The text of a statement, with a blank for each interpolated value. */
function textOf(node: ts.Node): string | null {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text
  if (!ts.isTemplateExpression(node)) return null
  return node.head.text + node.templateSpans.map(({ literal }) => ` x ${literal.text}`).join('')
}

const isMember = (node: ts.Identifier): boolean =>
  ts.isPropertyAccessExpression(node.parent) && node.parent.name === node

/** `tx.restaurant.update(…)`, `prisma.account.create(…)`. */
function isModelWrite(called: ts.Expression, model?: string): boolean {
  if (!ts.isPropertyAccessExpression(called) || !modelWrites.has(called.name.text)) return false
  const of = called.expression
  if (!ts.isPropertyAccessExpression(of) || (model && of.name.text !== model)) return false
  return ts.isIdentifier(of.expression) && ['tx', 'prisma'].includes(of.expression.text)
}

function isRecording(called: ts.Expression, names: Map<string, string>): boolean {
  if (ts.isPropertyAccessExpression(called)) return called.name.text === GIVEN_WRITER
  if (!ts.isIdentifier(called)) return false
  return called.text === GIVEN_WRITER || names.get(called.text) === `${writer.file} ${writer.name}`
}

/** `const record = …` and `record: …`. */
function isGivenWriter(node: ts.Node): boolean {
  return (
    (ts.isVariableDeclaration(node) || ts.isPropertyAssignment(node)) &&
    ts.isIdentifier(node.name) &&
    node.name.text === GIVEN_WRITER
  )
}

/** A parameter `tx`, or an object with one. */
function takesTransaction(node: ts.Node): boolean {
  const made = ts.isVariableDeclaration(node) ? node.initializer : node
  if (!made || !ts.isFunctionLike(made)) return false
  return made.parameters.some(
    ({ name, type }) =>
      /\btx\b/.test(name.getText()) ||
      /\b(Transaction|Editing|Changing)\b/.test(type?.getText() ?? ''),
  )
}
