import { readFileSync } from 'node:fs'

const layout = JSON.parse(
  readFileSync(new URL('./local/checks/layout.json', import.meta.url), 'utf8'),
)

/** The deployed code: the layers of the codebase and the files that Next expects at the root. */
const shipped =
  '^((app|components|domain|lib|emails)/|(proxy|instrumentation|instrumentation-client)\\.ts$)'
const testFile = '\\.test\\.tsx?$'
const entrance = '^(app/|(proxy|instrumentation|instrumentation-client)\\.ts$)'
const stores = '^lib/(db/database|redis/redis|mail/mail)\\.ts$'
const browserLib = `^lib/(${layout.browserLib.join('|')})\\.ts$`
const browserRoomFiles = '^domain/.+[/.](rules|schema|types)\\.ts$'
const core = '^domain/.+[/.](rules|schema|types|queries|commands)\\.ts$'

/**
 * A room imports itself and the rooms before it. Looking forward would let a cancelled booking
 * call the line; it commits instead, and an event row makes the line look.
 */
const roomOrder = layout.rooms.slice(0, -1).map((room, index) => ({
  name: `room-order-${room}`,
  comment: `${room} comes before the room it imports.`,
  severity: 'error',
  from: { path: `^domain/${room}/` },
  to: { path: `^domain/(${layout.rooms.slice(index + 1).join('|')})/` },
}))

/** Components follow the order of the rooms too, checked over components and rooms alike. */
const componentOrder = layout.rooms.slice(0, -1).map((room, index) => {
  const later = layout.rooms.slice(index + 1).join('|')
  return {
    name: `component-order-${room}`,
    comment: `${room} comes before the room it shows.`,
    severity: 'error',
    from: { path: `^components/${room}/` },
    to: { path: `^(components|domain)/(${later})/` },
  }
})

export default {
  forbidden: [
    {
      name: 'lib-stands-alone',
      comment: 'lib/ is how we reach the outside; it knows nothing of the product.',
      severity: 'error',
      from: { path: '^lib/' },
      to: { path: '^(app|components|domain|emails|prisma(?!/generated/))/' },
    },
    {
      name: 'domain-looks-right',
      comment: 'domain/ says what the product is; pages and components show it.',
      severity: 'error',
      from: { path: '^domain/' },
      to: { path: '^(app|components)/' },
    },
    {
      name: 'components-look-right',
      comment: 'Components are placed by routes and know none of them.',
      severity: 'error',
      from: { path: '^components/' },
      to: { path: '^app/' },
    },
    {
      name: 'emails-are-for-notices',
      comment: 'Mails leave through the outbox of the notification room only.',
      severity: 'error',
      from: {
        path: '^(app|components|domain|lib|prisma|bench)/',
        pathNot: '^domain/notification/',
      },
      to: { path: '^emails/' },
    },
    {
      name: 'emails-take-props',
      comment: 'Props in, markup out: a mail that is sent again must say what was true then.',
      severity: 'error',
      from: { path: '^emails/' },
      to: {
        path: '^(app|components)/|^domain/.+[/.](queries|commands|loaders|actions)\\.ts$',
      },
    },
    ...roomOrder,
    ...componentOrder,
    {
      name: 'ui-knows-no-business',
      comment: 'components/ui/ is the same in any product.',
      severity: 'error',
      from: { path: '^components/ui/' },
      to: { path: '^(domain|emails)/|^components/(?!ui/)' },
    },
    {
      name: 'components-see-browser-files',
      comment: 'Of a room, components may see what can run in a browser, and its actions.',
      severity: 'error',
      from: { path: '^components/' },
      to: { path: '^domain/', pathNot: '[/.](schema|types|rules|actions)\\.ts$' },
    },
    {
      name: 'browser-files-load-no-server',
      comment:
        'They are bundled for phones, or pure. What of lib/ may go with them is listed in local/checks/layout.json.',
      severity: 'error',
      from: { path: `^(components|emails)/|${browserRoomFiles}|${browserLib}` },
      to: { path: '^lib/', pathNot: browserLib, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'browser-files-load-no-node',
      comment: 'A browser has none of it.',
      severity: 'error',
      from: { path: `^components/|${browserRoomFiles}|${browserLib}` },
      to: { dependencyTypes: ['core'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'rules-stand-apart',
      comment: 'rules, schema and types lead to each other only; types of others may be named.',
      severity: 'error',
      from: { path: browserRoomFiles },
      to: { path: '^domain/', pathNot: browserRoomFiles, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'queries-and-commands-touch-stores',
      comment: 'Whoever reads a room finds every statement it makes in two files.',
      severity: 'error',
      from: { path: '^domain/', pathNot: '[/.](queries|commands)\\.ts$' },
      to: { path: stores },
    },
    {
      name: 'entrance-touches-no-store',
      comment: 'Routes ask a room; they never reach past it.',
      severity: 'error',
      from: { path: entrance },
      to: { path: stores },
    },
    {
      name: 'core-knows-no-request',
      comment: 'The core takes who and what as parameters; loaders and actions read the session.',
      severity: 'error',
      from: { path: core },
      to: {
        path: '^lib/http/session\\.ts$|[/.](loaders|actions)\\.ts$|node_modules/next/(headers|navigation)\\.',
      },
    },
    {
      name: 'generated-client-stays-with-stores',
      comment: 'The generated Prisma client is reached through lib/db; its types go anywhere.',
      severity: 'error',
      from: { path: shipped, pathNot: '^lib/|^domain/.+[/.](queries|commands)\\.ts$' },
      to: {
        path: '^prisma/generated/',
        pathNot: '^prisma/generated/enums\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'drivers-stay-in-lib',
      comment: 'One connection to each store and service, opened in one place.',
      severity: 'error',
      from: { path: shipped, pathNot: '^lib/' },
      to: {
        path: 'node_modules/(pg|@prisma/adapter-pg|@upstash/[^/]+|ioredis|nodemailer|pino)/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'shipped-code-leaves-the-workshop',
      comment: 'Nothing of local/, bench/, tests/ or the migration scripts is deployed.',
      severity: 'error',
      from: { path: shipped, pathNot: testFile },
      to: { path: '^(local|bench|tests|prisma(?!/generated/))/' },
    },
    {
      name: 'shipped-code-needs-no-dev-dependency',
      comment: 'A production install has none of them.',
      severity: 'error',
      from: { path: shipped, pathNot: testFile },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'build-needs-no-dev-dependency',
      comment: 'NODE_ENV=production npm ci && npm run build, and what an operator runs after it.',
      severity: 'error',
      from: {
        path: '^(start|postcss\\.config|next\\.config|prisma\\.config)\\.m?[jt]s$|^local/generate\\.mjs$|^messages/|^prisma/(?!generated/)',
        pathNot: `${testFile}|^prisma/(migrated-database|schema-engine|shadow-adapter)\\.ts$`,
      },
      to: { dependencyTypes: ['npm-dev'] },
    },
    {
      name: 'no-circular',
      comment: 'Two files that need each other are one file, or miss a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'not-to-unresolvable',
      comment: 'An import that leads nowhere hides from every rule above.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    // Type-only imports count: a type that points the wrong way is a dependency too.
    tsPreCompilationDeps: true,
    doNotFollow: { path: ['node_modules', '^prisma/generated/'] },
    exclude: { path: '(^|/)\\.(next|local)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types', 'typings'],
    },
  },
}
