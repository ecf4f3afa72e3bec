import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkDayNames } from './day-names'
import { checkDeviceClocks } from './device-clocks'
import { checkFunctionRooms } from './function-rooms'
import { checkMachinePaths } from './machine-paths'
import { checkNamedPaths } from './named-paths'
import { checkRetiredPhrases } from './retired-phrases'
import { checkRetiredNames, checkRetiredWords } from './retired-words'
import { checkRoomFiles } from './room-files'
import { checkRouteRooms } from './route-rooms'
import { checkServerDirective } from './server-directive'
import { checkSize } from './sizes'
import type { Finding } from './tree'
import { listFiles } from './tree'

const text = /\.(tsx?|[cm]?js|jsonc?|css|prisma|sql|toml|md|ya?ml|sh|html|txt|example)$/
/** Files whose text is not ours: the lock file's integrity hashes may spell any word. */
const notOurs = new Set(['package-lock.json'])

/** All checks that need only a file's name and text. */
export function checkFiles(dir: string): Finding[] {
  const files = listFiles(dir)
  const contents = files
    .filter((file) => text.test(file) && !notOurs.has(file))
    .map((file) => ({ file, source: readFileSync(join(dir, file), 'utf8') }))
  return [
    ...checkRoomFiles(files),
    ...files.flatMap(checkRetiredNames),
    ...checkFunctionRooms(contents),
    ...checkNamedPaths({ sources: contents, files }),
    ...contents.flatMap(checkSize),
    ...contents.flatMap(checkDeviceClocks),
    ...contents.flatMap(checkMachinePaths),
    ...contents.flatMap(checkServerDirective),
    ...contents.flatMap(checkRouteRooms),
    ...contents.flatMap(checkRetiredWords),
    ...contents.flatMap(checkDayNames),
    ...contents.flatMap(checkRetiredPhrases),
  ]
}
