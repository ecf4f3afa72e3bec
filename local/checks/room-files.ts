import layout from './layout.json' with { type: 'json' }
import type { Finding } from './tree'

const word = /^[a-z0-9]+(-[a-z0-9]+)*$/
/** `README.md`, `LICENSE`, `Dockerfile`: conventional names. */
const worldName = /^([A-Z]+(_[A-Z]+)*(\.md)?|Dockerfile|Caddyfile)$/
const migrationFolder = /^prisma\/migrations\/\d{14}_[a-z0-9_]+$/
/** A route's parameter, `[guestId]`: the handler reads it as a variable. */
const parameter = /^\[[a-z][a-zA-Z0-9]*\]$/
/** A file named like the database object it defines. */
const functionFile = /^prisma\/functions\/[a-z-]+\/[a-z0-9_]+\.sql$/
/** systemd's templates end so: the instance comes behind the `@`. */
const unitTemplate = /^ops\/systemd\/[a-z0-9]+(-[a-z0-9]+)*@\.(service|timer)$/
const madeByTools = new Set(['prisma/migrations/migration_lock.toml'])

/**
 * `[locale]`, `[...path]`, `(signed-in)`, `@dialog` and `_parts` are Next's wrappers around a word.
 */
function readRouteWord(segment: string): string {
  return segment.replace(/^[@_]/, '').replace(/^[[(]+(\.\.\.)?(.*?)[\])]+$/, '$2')
}

function checkSegment(path: string): string | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1)
  if (worldName.test(name) || migrationFolder.test(path) || madeByTools.has(path)) return undefined
  if (unitTemplate.test(path)) return undefined
  if (functionFile.test(path) || (path.startsWith('app/') && parameter.test(name))) return undefined
  const parts = readRouteWord(name.replace(/^\./, '')).split('.')
  if (!parts.every((part) => word.test(part))) return `"${name}" is not kebab-case`
  const stem = parts[0] ?? ''
  const drawer = layout.forbiddenNames.find((it) => stem === it || stem.endsWith(`-${it}`))
  if (drawer) return `"${name}": "${drawer}" says where it lies, not what it is; name it by a noun`
  if (/^index\.[cm]?[jt]sx?$/.test(name)) return `"${name}": no barrels; import the file itself`
  return undefined
}

/** Checks each parent folder too, so a wrong folder is reported once per file in it. */
function checkNames(file: string): string[] {
  const segments = file.split('/')
  const paths = segments.map((_, index) => segments.slice(0, index + 1).join('/'))
  return paths.map(checkSegment).filter((message) => message !== undefined)
}

function checkLayout(file: string): string[] {
  const [folder, ...rest] = file.split('/')
  if (folder === undefined || rest.length === 0 || folder.startsWith('.')) return []
  return layout.folders.includes(folder)
    ? []
    : [`"${folder}/" is no part of the layout (${layout.folders.join(', ')})`]
}

const roomFile = new RegExp(
  `^([a-z0-9]+(-[a-z0-9]+)*\\.)?(${layout.roomKinds.join('|')})(\\.test)?\\.ts$`,
)

function checkRoom(file: string): string[] {
  const [floor, room, ...inside] = file.split('/')
  if (room === undefined) return []
  const isRoom = layout.rooms.includes(room)
  if (floor === 'components')
    return isRoom || room === 'ui' ? [] : [`"${room}" is neither a room nor ui`]
  if (floor !== 'domain') return []
  if (!isRoom) return [`"${room}" is no room (${layout.rooms.join(', ')})`]
  const [name = '', ...deeper] = inside
  if (deeper.length > 0) return [`a room is one folder; "${name}/" is a noun of its file names`]
  if (roomFile.test(name)) return []
  const kinds = layout.roomKinds.join(', ')
  return [`"${name}" is no <noun>.<kind>.ts or <kind>.ts with a kind of ${kinds}`]
}

/**
 * Checks every name in the tree: the layout's folders, its rooms, their files, and the spelling.
 */
export function checkRoomFiles(files: string[]): Finding[] {
  return files.flatMap((file) =>
    [...checkLayout(file), ...checkRoom(file), ...checkNames(file)].map((message) => ({
      file,
      message,
      severity: 'error' as const,
    })),
  )
}
