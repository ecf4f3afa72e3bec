import layout from './layout.json' with { type: 'json' }
import type { Finding } from './tree'

type Source = { file: string; source: string }

/** A word of SQL, and the room that owns its table or function. */
type Owned = Map<string, string>

/**
 * The rooms' order in SQL: a database function in `prisma/functions/<room>/` may only name tables
 * and functions of its own room and of rooms before it.
 */
export function checkFunctionRooms(sources: Source[]): Finding[] {
  const functions = sources.flatMap(readFunction)
  const owned: Owned = new Map([
    ...sources.flatMap(readTables),
    ...functions.map(({ name, room }): [string, string] => [name, room]),
  ])
  return functions.flatMap(({ file, room, words }) => {
    const rank = layout.rooms.indexOf(room)
    if (rank === -1) return [tell(file, `"${room}" is no room (${layout.rooms.join(', ')})`)]
    return words.flatMap((word) => {
      const other = owned.get(word)
      if (other === undefined || layout.rooms.indexOf(other) <= rank) return []
      return [tell(file, `names ${word} of ${other}, which comes after ${room}`)]
    })
  })
}

function tell(file: string, message: string): Finding {
  return { file, message, severity: 'error' }
}

function readTables({ file, source }: Source): [string, string][] {
  const room = /^prisma\/schema\/([a-z]+)\.prisma$/.exec(file)?.[1]
  if (room === undefined) return []
  return [...source.matchAll(/@@map\("(\w+)"\)/g)].map(([, table = '']) => [table, room])
}

function readFunction({ file, source }: Source) {
  const [, room, name] = /^prisma\/functions\/([^/]+)\/(\w+)\.sql$/.exec(file) ?? []
  if (room === undefined || name === undefined) return []
  const statement = source.replaceAll(/--.*$/gm, '')
  return [{ file, room, name, words: [...new Set(statement.match(/\b[a-z_]+\b/g))] }]
}
