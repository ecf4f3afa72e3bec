import { describe, expect, test } from 'vitest'
import { checkFiles } from '@/local/checks/files'
import { cruise } from '@/local/checks/imports'
import layout from '@/local/checks/layout.json' with { type: 'json' }
import phrases from '@/local/checks/phrases.json' with { type: 'json' }
import { plantTree } from '../support/plant-tree'

function importFrom(...files: string[]): string {
  return `${files.map((file) => `import '${file}'`).join('\n')}\nexport const planted = true\n`
}

function makePackage(name: string): Record<string, string> {
  return {
    [`node_modules/${name}/package.json`]: JSON.stringify({ name, main: 'index.js' }),
    [`node_modules/${name}/index.js`]: 'module.exports = {}\n',
    [`node_modules/${name}/headers.js`]: 'module.exports = {}\n',
  }
}

/** A tree that keeps every rule, with at least one import in each direction that is allowed. */
const goodTree = {
  'package.json': JSON.stringify({
    type: 'module',
    dependencies: { pg: '1.0.0', next: '1.0.0' },
    devDependencies: { vitest: '1.0.0' },
  }),
  'tsconfig.json': JSON.stringify({
    compilerOptions: { module: 'esnext', moduleResolution: 'bundler', paths: { '@/*': ['./*'] } },
  }),
  ...makePackage('pg'),
  ...makePackage('next'),
  ...makePackage('vitest'),
  'prisma/generated/client.ts': importFrom(),
  'prisma/generated/enums.ts': importFrom(),
  'prisma/seed.ts': importFrom('@/domain/booking/commands'),
  'lib/db/database.ts': importFrom('pg', '@/prisma/generated/client'),
  'lib/http/session.ts': importFrom('next/headers'),
  'lib/problems/result.ts': importFrom(),
  'lib/crypto/session-token.ts': importFrom(),
  ...Object.fromEntries(
    layout.rooms.map((room) => [`domain/${room}/rules.ts`, importFrom('@/lib/problems/result')]),
  ),
  'domain/identity/types.ts': `import type {} from '@/prisma/generated/client'\nimport type {} from '@/lib/crypto/session-token'\nexport {}\n`,
  'domain/notification/commands.ts': importFrom('@/emails/booked', '@/lib/db/database'),
  'domain/booking/schema.ts': importFrom('@/prisma/generated/enums'),
  'domain/booking/queries.ts': importFrom('@/lib/db/database', '@/domain/schedule/rules'),
  'domain/booking/commands.ts': importFrom('@/lib/db/database', '@/domain/notification/commands'),
  'domain/booking/loaders.ts': importFrom('./queries', '@/lib/http/session'),
  'domain/booking/actions.ts': importFrom('./commands', '@/lib/http/session'),
  'domain/booking/rules.test.ts': importFrom('vitest', './rules'),
  'emails/booked.tsx': importFrom('@/domain/identity/types'),
  'components/ui/button.tsx': importFrom('@/lib/problems/result'),
  'components/booking/form.tsx': importFrom('../ui/button', '@/domain/booking/actions'),
  'components/booking/card/card.tsx': importFrom('../form', '../words/name'),
  'components/booking/words/name.tsx': importFrom(),
  'app/page.tsx': importFrom('@/components/booking/form', '@/domain/booking/loaders'),
  'local/inbox.ts': importFrom('@/emails/booked', '@/domain/booking/queries', 'vitest'),
  'tests/support/factories.ts': importFrom('@/lib/db/database', '@/emails/booked'),
}

/** One file per rule (several for some) that breaks exactly this rule. */
const violations: { rule: string; file: string; imports: string[]; from?: string }[] = [
  { rule: 'lib-stands-alone', file: 'lib/a.ts', imports: ['@/domain/booking/rules'] },
  { rule: 'lib-stands-alone', file: 'lib/b.ts', imports: ['@/components/ui/button'] },
  { rule: 'domain-looks-right', file: 'domain/booking/queries.ts', imports: ['@/app/page'] },
  { rule: 'domain-looks-right', file: 'domain/line/rules.ts', imports: ['@/components/ui/button'] },
  { rule: 'components-look-right', file: 'components/booking/a.tsx', imports: ['@/app/page'] },
  { rule: 'emails-are-for-notices', file: 'app/a.tsx', imports: ['@/emails/booked'] },
  { rule: 'emails-are-for-notices', file: 'domain/line/commands.ts', imports: ['@/emails/booked'] },
  { rule: 'emails-take-props', file: 'emails/a.tsx', imports: ['@/domain/booking/queries'] },
  { rule: 'browser-files-load-no-server', file: 'emails/b.tsx', imports: ['@/lib/db/database'] },
  ...layout.rooms.slice(0, -1).map((room, index) => ({
    rule: `room-order-${room}`,
    file: `domain/${room}/loaders.ts`,
    imports: [`@/domain/${layout.rooms[index + 1]}/rules`],
  })),
  ...layout.rooms.slice(0, -1).map((room, index) => ({
    rule: `component-order-${room}`,
    file: `components/${room}/order.tsx`,
    imports: [`@/domain/${layout.rooms[index + 1]}/rules`],
  })),
  {
    rule: 'component-order-opening',
    file: 'components/opening/lobby/order.tsx',
    imports: ['@/components/booking/form'],
  },
  {
    rule: 'ui-knows-no-business',
    file: 'components/ui/a.tsx',
    imports: ['@/domain/booking/rules'],
  },
  { rule: 'ui-knows-no-business', file: 'components/ui/b.tsx', imports: ['../booking/form'] },
  {
    rule: 'components-see-browser-files',
    file: 'components/booking/b.tsx',
    imports: ['@/domain/booking/queries'],
  },
  {
    rule: 'browser-files-load-no-server',
    file: 'components/booking/c.tsx',
    imports: ['@/lib/db/database'],
  },
  {
    rule: 'browser-files-load-no-server',
    file: 'lib/i18n/locale.ts',
    imports: ['../http/session'],
  },
  { rule: 'browser-files-load-no-node', file: 'domain/opening/rules.ts', imports: ['node:crypto'] },
  {
    rule: 'rules-stand-apart',
    file: 'domain/schedule/types.ts',
    imports: ['@/domain/schedule/queries'],
  },
  {
    rule: 'queries-and-commands-touch-stores',
    file: 'domain/line/actions.ts',
    imports: ['@/lib/db/database'],
  },
  { rule: 'entrance-touches-no-store', file: 'app/api/route.ts', imports: ['@/lib/db/database'] },
  { rule: 'entrance-touches-no-store', file: 'proxy.ts', imports: ['@/lib/db/database'] },
  {
    rule: 'core-knows-no-request',
    file: 'domain/restaurant/commands.ts',
    imports: ['@/lib/http/session'],
  },
  {
    rule: 'core-knows-no-request',
    file: 'domain/restaurant/queries.ts',
    imports: ['next/headers'],
  },
  {
    rule: 'generated-client-stays-with-stores',
    file: 'domain/opening/actions.ts',
    imports: ['@/prisma/generated/client'],
  },
  { rule: 'drivers-stay-in-lib', file: 'domain/restaurant/actions.ts', imports: ['pg'] },
  { rule: 'shipped-code-leaves-the-workshop', file: 'lib/c.ts', imports: ['@/local/inbox'] },
  {
    rule: 'shipped-code-leaves-the-workshop',
    file: 'app/b.tsx',
    imports: ['@/tests/support/factories'],
  },
  { rule: 'shipped-code-leaves-the-workshop', file: 'app/c.tsx', imports: ['@/prisma/seed'] },
  { rule: 'shipped-code-needs-no-dev-dependency', file: 'lib/d.ts', imports: ['vitest'] },
  { rule: 'build-needs-no-dev-dependency', file: 'messages/a.ts', imports: ['vitest'] },
  { rule: 'no-circular', file: 'lib/e.ts', imports: ['./f'] },
  { rule: 'not-to-unresolvable', file: 'lib/g.ts', imports: ['./nowhere'] },
  // These files do not import each other in a circle; their folders do.
  {
    rule: 'folders-look-one-way',
    file: 'components/floor/grid/cell.tsx',
    imports: ['../parties/name'],
    from: 'components/floor/grid',
  },
  {
    rule: 'folders-look-one-way',
    file: 'components/floor/parties/row.tsx',
    imports: ['../grid/mark'],
    from: 'components/floor/parties',
  },
  {
    rule: 'folders-look-one-way',
    file: 'components/line/panel.tsx',
    imports: ['./join/form'],
    from: 'components/line',
  },
  {
    rule: 'folders-look-one-way',
    file: 'components/line/join/note.tsx',
    imports: ['../word'],
    from: 'components/line/join',
  },
]

describe('dependency-cruiser', () => {
  test('finds nothing in a tree that keeps the rules, and does read it', async () => {
    const { seen, violations: found } = await cruise(plantTree(goodTree))

    expect(found).toEqual([])
    expect(seen).toContain('app/page.tsx')
    expect(seen.length).toBeGreaterThanOrEqual(25)
  })

  test('names the rule of every planted violation, and every rule is planted', async () => {
    const bad = Object.fromEntries(violations.map((it) => [it.file, importFrom(...it.imports)]))
    expect(Object.keys(bad)).toHaveLength(violations.length)
    const dir = plantTree({
      ...goodTree,
      ...bad,
      'domain/schedule/queries.ts': importFrom('@/lib/db/database'),
      'lib/f.ts': importFrom('./e'),
      'components/floor/parties/name.tsx': importFrom(),
      'components/floor/grid/mark.tsx': importFrom(),
      'components/line/join/form.tsx': importFrom(),
      'components/line/word.tsx': importFrom(),
    })

    const { rules, violations: found } = await cruise(dir)

    for (const { rule, file, from = file } of violations) {
      expect(found.map((it) => `${it.rule} in ${it.from}`)).toContain(`${rule} in ${from}`)
    }
    expect(new Set(violations.map((it) => it.rule))).toEqual(new Set(rules.map((it) => it.name)))
  })
})

describe('the file checks', () => {
  const goodFiles = {
    'README.md': '# Bobjool\n',
    'app/[locale]/(signed-in)/reservations/[id]/page.tsx': '',
    'app/api/v1/openapi.json/route.ts': importFrom(
      '@/domain/identity/loaders',
      '@/domain/booking/commands',
      '@/domain/booking/queries',
    ),
    'domain/booking/rules.ts': '',
    'domain/booking/rules.test.ts': '',
    'domain/booking/day-sheet.commands.ts': '',
    'domain/booking/day-sheet.rules.test.ts': '',
    'domain/booking/actions.ts': "// Why it is so.\n'use server'\n",
    'prisma/migrations/20261122000001_tables/migration.sql': '-- line\n'.repeat(500),
    'ops/systemd/bobjool-backup@.service': '',
    'lib/problems/result.ts': '// line\n'.repeat(250),
    'docs/rooms.md': 'See domain/booking/rules.ts.\n',
    'CHANGELOG.md': 'domain/booking/gone.rules.ts is no more.\n',
    // Looks like a path of one machine, and is none.
    'docs/guide.md': `See ${['', 'works', 'here'].join('/')} and https://example.com/${['work', 'hours'].join('/')}.\n`,
    'node_modules/some-package/utils/index.js': '',
    '.local/anything/Whatever.txt': '',
  }

  test('are silent about a tree that keeps the rules', () => {
    expect(checkFiles(plantTree(goodFiles))).toEqual([])
  })

  const machinePath = ['', 'work', 'main'].join('/')
  const planting: [file: string, source: string, message: RegExp][] = [
    ['payments/mail.ts', '', /"payments\/" is no part of the layout/],
    ['domain/payment/rules.ts', '', /"payment" is no room/],
    ['domain/booking/repository.ts', '', /"repository.ts" is no <noun>.<kind>.ts/],
    ['domain/booking/hold.state.ts', '', /"hold.state.ts" is no <noun>.<kind>.ts/],
    ['domain/booking/hold/commands.ts', '', /"hold\/" is a noun of its file names/],
    ['domain/notes.ts', '', /"notes.ts" is no room/],
    ['components/board/day.tsx', '', /"board" is neither a room nor ui/],
    ['components/booking/SlotButton.tsx', '', /"SlotButton.tsx" is not kebab-case/],
    ['lib/rate_limit.ts', '', /"rate_limit.ts" is not kebab-case/],
    ['components/floor/ownerBoard/day.tsx', '', /"ownerBoard" is not kebab-case/],
    ['app/api/v1/guests/[guest_id]/route.ts', '', /"\[guest_id\]" is not kebab-case/],
    ['lib/utils.ts', '', /"utils.ts": "utils" says where it lies/],
    ['components/ui/common/box.tsx', '', /"common": "common" says/],
    ['lib/date-helpers.ts', '', /"helpers" says/],
    ['components/ui/index.ts', '', /no barrels/],
    ['lib/long.ts', '// line\n'.repeat(401), /401 lines, over 400/],
    ['docs/guide.md', `cd ${machinePath}\n`, /line 1 names a path of one machine/],
    ['ops/deploy.yml', `\nrun: ${['..', 'shared'].join('/')}/x\n`, /line 2 names a path/],
    ['docs/rooms.md', 'See domain/booking/gone.rules.ts.\n', /gone.rules.ts, which does not exist/],
    ['domain/booking/rules.ts', '/** As domain/line/gone.rules.ts. */\n', /line 1 names domain/],
    [
      'app/api/v1/undo/route.ts',
      importFrom(
        '@/domain/identity/loaders',
        '../../../../domain/line/rules',
        '@/domain/booking/rules',
      ),
      /3 rooms \(booking, identity, line\)/,
    ],
    ['domain/line/actions.ts', "import 'x'\n'use server'\n", /begins with 'use server'/],
  ]

  test.each(planting)('refuse %s', (file, source, message) => {
    const errors = checkFiles(plantTree({ [file]: source })).filter((it) => it.severity === 'error')
    expect(errors.map((it) => it.file)).toEqual([file])
    expect(errors[0]?.message).toMatch(message)
  })

  test.each([
    ['components/booking/card.tsx', "new Intl.DateTimeFormat('ko').format(at)"],
    ['emails/card.tsx', "at.toLocaleDateString('ko')"],
    ['domain/line/rules.ts', 'at.toLocaleString()'],
    ['app/page.tsx', 'at.getHours()'],
    ['components/booking/card.tsx', `const when = \`\${day} \${time}\``],
    ['emails/card.tsx', `const when = \`\${formatDate(at)}, \${formatTime(at)}\``],
    ['messages/ko/booking.json', '"title": "{day} {time}, {count}명"'],
    ['messages/en/booking.json', '"title": "{date} at {time}"'],
  ])('dates after midnight: nothing but its module names a day, as %s would: %s', (file, line) => {
    const found = checkFiles(plantTree({ [file]: `\n${line}\n` }))
    expect(found).toContainEqual({
      file,
      message: expect.stringMatching(/^line 2: .*(names days|nameMoment)/),
      severity: 'error',
    })
  })

  test('dates after midnight: the module itself may, and so may tools of one machine', () => {
    const line = "new Intl.DateTimeFormat('ko').format(at)\n"
    const tree = { 'lib/i18n/moment.ts': line, 'local/inbox/pages.ts': line }
    expect(checkFiles(plantTree(tree))).toEqual([])
  })

  /** Written with a gap, so that the check does not find them here. */
  const retired = [
    ['ho·use', /its word is restaurant/],
    ['fur·nishing', /its word is setup/],
    ['dos·sier', /its word is detail/],
    ['readTr·ail()', /its word is audit log/],
    ['OwnerStan·ding', /its word is owner application/],
    ['Ahead·Switch', /its word is auto-extend/],
    ['retire·ment', /its word is retire table/],
    ['partiesElse·where', /its word is other dates/],
    ['opening_hab·its', /its word is recurring opening/],
    ['end_overdue_cla·im', /its word is slot lock/],
    ['p_tar·iff', /its word is wait estimate/],
    ['Answer·Book', /its word is idempotency/],
    ['// Whoever le·aves the service', /its word is delete account/],
    ['usual·-lock', /its word is environment/],
  ] as const

  test('have an example of each retired word', () => {
    expect(retired).toHaveLength(layout.retiredWords.length)
  })

  test.each(retired)('refuse %s in a line and in a name', (written, message) => {
    const word = written.replace('·', '')
    const found = checkFiles(plantTree({ 'lib/word.ts': `\nexport const it = 1 // ${word}\n` }))
    expect(found).toEqual([
      { file: 'lib/word.ts', message: expect.stringMatching(message), severity: 'error' },
    ])
    expect(found[0]?.message).toContain('line 2')
    const named = `docs/${word}.md`
    const told = checkFiles(plantTree({ [named]: '' })).map((it) => it.message)
    expect(told).toContainEqual(expect.stringMatching(message))
  })

  test('refuse a sentence whose words were replaced as unclear', () => {
    for (const { language, phrase, example, instead } of phrases) {
      const file = `messages/${language}/board.json`
      const found = checkFiles(plantTree({ [file]: `\n"label": "${example}"\n` }))
      expect(
        found.map(({ message }) => message),
        phrase,
      ).toContainEqual(expect.stringMatching(/^line 2: ".*" is retired, say /))
      expect(checkFiles(plantTree({ [file]: `"label": "${instead}"` })), instead).toEqual([])
    }
  })

  test('refuse a particle after a value that may end in any sound', () => {
    // Joined here, so that the check does not find them in this file.
    const refused = [
      ['{name}', '은'],
      ['{email}', '을'],
      ['{until}', '이'],
      ['{time}', '가'],
    ]
    for (const text of refused.map((parts) => parts.join(''))) {
      const found = checkFiles(plantTree({ 'emails/line.ts': `export const it = '${text}'\n` }))
      expect(
        found.map(({ message }) => message),
        text,
      ).toEqual([expect.stringContaining('has a particle that not every value takes')])
    }
    const slip = ['버튼', '를 눌러요'].join('')
    expect(checkFiles(plantTree({ 'emails/line.ts': `export const it = '${slip}'\n` }))).toEqual([
      expect.objectContaining({ message: expect.stringContaining('after a consonant') }),
    ])
    const allowed = ['{day}은 쉬어요', '{name} 님을 불러요', '{time}까지', '{role}으로 바꿔요']
    for (const text of allowed)
      expect(checkFiles(plantTree({ 'messages/ko/board.json': `"it": "${text}"` })), text).toEqual(
        [],
      )
  })

  test('let the words of others be, and what is history', () => {
    const others = [
      'a household',
      'nobody claims it',
      'claimNotices',
      'trailingCommas',
      'far ahead',
    ]
    const source = others.map((words) => `// ${words}\n`).join('')
    const old = `-- ${['ho', 'use'].join('')}\n`
    const history = {
      'prisma/migrations/20261122000001_tables/migration.sql': old,
      'CHANGELOG.md': old,
    }
    expect(checkFiles(plantTree({ 'lib/word.ts': source, ...history }))).toEqual([])
  })

  test('show a file over 250 lines without refusing it', () => {
    const findings = checkFiles(plantTree({ 'lib/long.ts': '// line\n'.repeat(251) }))
    expect(findings).toEqual([
      { file: 'lib/long.ts', message: expect.stringContaining('251'), severity: 'warning' },
    ])
  })
})
