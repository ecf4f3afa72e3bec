import ts from 'typescript'
import {
  callString,
  isClosure,
  isRecord,
  isWord,
  readKey,
  type Scope,
  UNKNOWN,
  type Value,
} from './value'

/** Marks an interpolated value of a tagged template; numbered once the whole text is known. */
const VALUE_MARK = '\u0000'

export class NotConstant extends Error {}

/**
 * Reads a statement's text from the source: literals, templates, constants of any file, and the
 * small functions that combine them. Where a condition is only known at run time, it reads every
 * text that can result.
 */
export class TextReader {
  readonly #checker: ts.TypeChecker
  /** For each condition of this run, the branch it takes. */
  #taken: { key: string; way: number; ways: number }[] = []
  #position = 0
  /** The first expression whose value is unknown. */
  #because: string | undefined

  constructor(checker: ts.TypeChecker) {
    this.#checker = checker
  }

  #choose({ node, ways }: { node: ts.Node; ways: number }): number {
    const key = node.getText()
    const before = this.#taken.slice(0, this.#position).find((it) => it.key === key)
    if (before) return before.way
    this.#taken[this.#position] ??= { key, way: 0, ways }
    return this.#taken[this.#position++]?.way ?? 0
  }

  /** Every possible text, by taking each branch once. */
  #readAll(read: () => string): string[] {
    const texts = new Set<string>()
    this.#taken = []
    for (let runs = 1; ; runs += 1) {
      if (runs > MOST_WAYS) throw new NotConstant(`more than ${MOST_WAYS} ways`)
      this.#position = 0
      this.#because = undefined
      texts.add(read())
      this.#taken.length = this.#position
      while (this.#taken.length > 0 && isLastWay(this.#taken)) this.#taken.pop()
      const last = this.#taken.at(-1)
      if (!last) return [...texts]
      last.way += 1
    }
  }

  /** A whole statement's text. */
  #spell(value: Value, node: ts.Node): string {
    if (isWord(value)) return String(value)
    throw new NotConstant(this.#because ?? node.getText())
  }

  /** A joined part of a text; unknown when any piece of it is. */
  #join(parts: [Value, ts.Expression][]): Value {
    const unknown = parts.find(([value]) => !isWord(value))
    if (!unknown) return parts.map(([value]) => String(value)).join('')
    this.#because ??= unknown[1].getText()
    return UNKNOWN
  }

  #evaluate(node: ts.Expression, scope: Scope): Value {
    if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node)) {
      return this.#evaluate(node.expression, scope)
    }
    if (ts.isSatisfiesExpression(node)) return this.#evaluate(node.expression, scope)
    if (ts.isStringLiteralLike(node)) return node.text
    if (ts.isNumericLiteral(node)) return Number(node.text)
    if (node.kind === ts.SyntaxKind.TrueKeyword) return true
    if (node.kind === ts.SyntaxKind.FalseKeyword) return false
    if (node.kind === ts.SyntaxKind.NullKeyword) return null
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/')
      return new RegExp(node.text.slice(1, end), node.text.slice(end + 1))
    }
    if (ts.isTemplateExpression(node)) {
      return this.#join([
        [node.head.text, node],
        ...node.templateSpans.flatMap(({ expression, literal }): [Value, ts.Expression][] => [
          [this.#evaluate(expression, scope), expression],
          [literal.text, expression],
        ]),
      ])
    }
    if (ts.isIdentifier(node)) return this.#evaluateIdentifier(node, scope)
    if (ts.isPropertyAccessExpression(node)) {
      if (node.getText() === 'Prisma.empty') return ''
      return readKey(this.#evaluate(node.expression, scope), node.name.text)
    }
    if (ts.isElementAccessExpression(node)) return this.#evaluateElement(node, scope)
    if (ts.isArrayLiteralExpression(node)) return this.#evaluateArray(node, scope)
    if (ts.isObjectLiteralExpression(node)) return this.#evaluateObject(node, scope)
    if (ts.isConditionalExpression(node)) {
      return this.#evaluate(
        this.#decide(node.condition, scope) ? node.whenTrue : node.whenFalse,
        scope,
      )
    }
    if (ts.isBinaryExpression(node)) return this.#evaluateBinary(node, scope)
    if (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) return { node, scope }
    if (ts.isTaggedTemplateExpression(node)) return this.#readTemplate(node, scope)
    if (ts.isCallExpression(node)) return this.#evaluateCall(node, scope)
    return UNKNOWN
  }

  #decide(condition: ts.Expression, scope: Scope): boolean {
    const value = this.#evaluate(condition, scope)
    return value === UNKNOWN ? this.#choose({ node: condition, ways: 2 }) === 0 : Boolean(value)
  }

  #evaluateIdentifier(node: ts.Identifier, scope: Scope): Value {
    if (node.text === 'undefined') return undefined
    return this.#evaluateSymbol(this.#checker.getSymbolAtLocation(node), scope)
  }

  #evaluateSymbol(found: ts.Symbol | undefined, scope: Scope): Value {
    if (!found) return UNKNOWN
    const symbol =
      found.flags & ts.SymbolFlags.Alias ? this.#checker.getAliasedSymbol(found) : found
    if (scope.has(symbol)) return scope.get(symbol)
    const declaration = symbol.valueDeclaration
    if (!declaration) return UNKNOWN
    if (ts.isFunctionDeclaration(declaration)) return { node: declaration, scope }
    if (ts.isBindingElement(declaration)) return this.#evaluateBinding(declaration, scope)
    return ts.isVariableDeclaration(declaration)
      ? this.#evaluateVariable(declaration, scope)
      : UNKNOWN
  }

  #evaluateVariable(declaration: ts.VariableDeclaration, scope: Scope): Value {
    if (!(ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const)) return UNKNOWN
    const { initializer } = declaration
    // Later code fills an empty list.
    if (initializer && ts.isArrayLiteralExpression(initializer) && !initializer.elements.length) {
      return UNKNOWN
    }
    if (initializer) return this.#evaluate(initializer, scope)
    const loop = declaration.parent.parent
    if (!ts.isForOfStatement(loop)) return UNKNOWN
    const items = this.#evaluate(loop.expression, scope)
    if (!Array.isArray(items)) return UNKNOWN
    return items[this.#choose({ node: declaration, ways: items.length })]
  }

  /** `const { where } = …`, `const [first] = …`. */
  #evaluateBinding(element: ts.BindingElement, scope: Scope): Value {
    const { parent: pattern } = element
    const holder = ts.isVariableDeclaration(pattern.parent)
      ? this.#evaluateVariable(pattern.parent, scope)
      : UNKNOWN
    if (ts.isArrayBindingPattern(pattern)) {
      return Array.isArray(holder) ? holder[pattern.elements.indexOf(element)] : UNKNOWN
    }
    const key = element.propertyName ?? element.name
    return ts.isIdentifier(key) ? readKey(holder, key.text) : UNKNOWN
  }

  #evaluateElement(node: ts.ElementAccessExpression, scope: Scope): Value {
    const holder = this.#evaluate(node.expression, scope)
    const key = this.#evaluate(node.argumentExpression, scope)
    if (typeof key === 'string' || typeof key === 'number') return readKey(holder, String(key))
    if (!isRecord(holder)) return UNKNOWN
    const keys = Object.keys(holder)
    return readKey(
      holder,
      keys[this.#choose({ node: node.argumentExpression, ways: keys.length })] ?? '',
    )
  }

  #evaluateArray(node: ts.ArrayLiteralExpression, scope: Scope): Value {
    const items: Value[] = []
    for (const element of node.elements) {
      const value = this.#evaluate(
        ts.isSpreadElement(element) ? element.expression : element,
        scope,
      )
      if (!ts.isSpreadElement(element)) items.push(value)
      else if (Array.isArray(value)) items.push(...value)
      else return UNKNOWN
    }
    return items
  }

  #evaluateObject(node: ts.ObjectLiteralExpression, scope: Scope): Value {
    const held: { [key: string]: Value } = {}
    for (const property of node.properties) {
      if (ts.isPropertyAssignment(property) && !ts.isComputedPropertyName(property.name)) {
        held[property.name.text] = this.#evaluate(property.initializer, scope)
      }
      if (ts.isShorthandPropertyAssignment(property)) {
        const symbol = this.#checker.getShorthandAssignmentValueSymbol(property)
        held[property.name.text] = this.#evaluateSymbol(symbol, scope)
      }
      if (ts.isSpreadAssignment(property)) {
        const value = this.#evaluate(property.expression, scope)
        if (isRecord(value)) Object.assign(held, value)
      }
    }
    return held
  }

  #evaluateBinary(node: ts.BinaryExpression, scope: Scope): Value {
    const left = this.#evaluate(node.left, scope)
    const right = () => this.#evaluate(node.right, scope)
    switch (node.operatorToken.kind) {
      case ts.SyntaxKind.PlusToken: {
        const second = right()
        if (typeof left === 'number' && typeof second === 'number') return left + second
        return this.#join([
          [left, node.left],
          [second, node.right],
        ])
      }
      case ts.SyntaxKind.QuestionQuestionToken:
        return left === UNKNOWN ? UNKNOWN : (left ?? right())
      case ts.SyntaxKind.EqualsEqualsEqualsToken: {
        const second = right()
        return left === UNKNOWN || second === UNKNOWN ? UNKNOWN : left === second
      }
      default:
        return UNKNOWN
    }
  }

  #evaluateCall(node: ts.CallExpression, scope: Scope): Value {
    const args = node.arguments.map((argument) => this.#evaluate(argument, scope))
    if (ts.isPropertyAccessExpression(node.expression)) {
      const { expression: receiver, name } = node.expression
      const sql = this.#callPrisma({ receiver, method: name.text, args })
      if (sql !== undefined) return sql
      const held = this.#evaluate(receiver, scope)
      if (typeof held === 'string') return callString({ held, method: name.text, args })
      if (Array.isArray(held)) return this.#callArray({ held, method: name.text, args })
    }
    return this.#callClosure(this.#evaluate(node.expression, scope), args)
  }

  #callClosure(callee: Value, args: Value[]): Value {
    if (!isClosure(callee) || !callee.node.body) return UNKNOWN
    const scope: Scope = new Map(callee.scope)
    callee.node.parameters.forEach((parameter, index) => {
      this.#bind(parameter, args[index], scope)
    })
    const { body } = callee.node
    return ts.isBlock(body)
      ? this.#runBlock(body, scope)
      : this.#evaluate(body as ts.Expression, scope)
  }

  #bind(
    { name, initializer }: ts.ParameterDeclaration | ts.BindingElement,
    given: Value,
    scope: Scope,
  ): void {
    const value = given === undefined && initializer ? this.#evaluate(initializer, scope) : given
    if (ts.isIdentifier(name)) {
      const symbol = this.#checker.getSymbolAtLocation(name)
      if (symbol) scope.set(symbol, value)
      return
    }
    if (!ts.isObjectBindingPattern(name)) return
    for (const element of name.elements) {
      const key = element.propertyName ?? element.name
      this.#bind(element, ts.isIdentifier(key) ? readKey(value, key.text) : UNKNOWN, scope)
    }
  }

  #runBlock(block: ts.Block, scope: Scope): Value {
    for (const statement of block.statements) {
      if (ts.isReturnStatement(statement)) {
        return statement.expression ? this.#evaluate(statement.expression, scope) : undefined
      }
      if (ts.isIfStatement(statement)) {
        const way = this.#decide(statement.expression, scope)
          ? statement.thenStatement
          : statement.elseStatement
        if (way && ts.isReturnStatement(way) && way.expression)
          return this.#evaluate(way.expression, scope)
        if (way && ts.isBlock(way)) {
          const value = this.#runBlock(way, scope)
          if (value !== undefined) return value
        }
      }
    }
    return undefined
  }

  #callArray({ held, method, args }: { held: Value[]; method: string; args: Value[] }): Value {
    const [first] = args
    if (method === 'map') return held.map((item, index) => this.#callClosure(first, [item, index]))
    if (method === 'join' && typeof first === 'string') {
      return held.some((item) => typeof item !== 'string' && typeof item !== 'number')
        ? UNKNOWN
        : held.join(first)
    }
    return UNKNOWN
  }

  /** Prisma's helpers that compose SQL. */
  #callPrisma({
    receiver,
    method,
    args: [first, second],
  }: {
    receiver: ts.Expression
    method: string
    args: Value[]
  }): Value {
    if (receiver.getText() !== 'Prisma') return undefined
    if (method === 'raw') return first
    if (method !== 'join') return undefined
    if (!Array.isArray(first)) return VALUE_MARK
    const between = typeof second === 'string' ? second : ', '
    return first.map((item) => (typeof item === 'string' ? item : VALUE_MARK)).join(between)
  }

  /** A tagged template's text: nested SQL is inserted, everything else becomes a value. */
  #readTemplate({ template }: ts.TaggedTemplateExpression, scope: Scope): Value {
    if (ts.isNoSubstitutionTemplateLiteral(template)) return template.text
    return this.#join([
      [template.head.text, template],
      ...template.templateSpans.flatMap(({ expression, literal }): [Value, ts.Expression][] => {
        const isSql = this.#checker.getTypeAtLocation(expression).symbol?.name === 'Sql'
        const value = isSql ? this.#evaluate(expression, scope) : VALUE_MARK
        return [
          [value, expression],
          [literal.text, expression],
        ]
      }),
    ])
  }

  /** Every text an expression can have. Throws `NotConstant` when none can be known. */
  readTexts(node: ts.Expression): string[] {
    return this.#readAll(() => this.#spell(this.#evaluate(node, new Map()), node)).map(numberValues)
  }

  /** The same for a database function's name and the object of its named arguments. */
  readCalls({ name, args }: { name: ts.Expression; args: ts.Expression }): string[] {
    return this.#readAll(() => {
      const given = this.#evaluate(args, new Map())
      if (!isRecord(given)) throw new NotConstant(args.getText())
      const named = Object.keys(given).map((key) => `${key} => ${VALUE_MARK}`)
      const called = this.#spell(this.#evaluate(name, new Map()), name)
      return `SELECT ${called}(${named.join(', ')}) AS answer`
    }).map(numberValues)
  }
}

const MOST_WAYS = 64

function isLastWay(taken: { way: number; ways: number }[]): boolean {
  const last = taken.at(-1)
  return last !== undefined && last.way >= last.ways - 1
}

function numberValues(text: string): string {
  let count = 0
  return text.replaceAll(VALUE_MARK, () => `$${++count}`)
}
