import type { Finding } from './tree'

const MOST_ROOMS = 2

/**
 * A route uses the room it serves, and often a second one to check who may ask: a handler that
 * needs a third contains a use case that belongs in a room.
 */
export function checkRouteRooms({ file, source }: { file: string; source: string }): Finding[] {
  if (!/^app\/.+\.ts$/.test(file)) return []
  const imports = [...source.matchAll(/['"](?:@|(?:\.\.?\/)+)\/?domain\/([a-z-]+)\//g)]
  const rooms = [...new Set(imports.map(([, room = '']) => room))].sort()
  if (rooms.length <= MOST_ROOMS) return []
  const message = `imports from ${rooms.length} rooms (${rooms.join(', ')}), over ${MOST_ROOMS}`
  return [{ file, message, severity: 'error' }]
}
