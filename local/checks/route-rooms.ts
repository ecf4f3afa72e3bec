import type { Finding } from './tree'

const MOST_ROOMS = 2

/**
 * What a route asks is one room's, and who may ask often another's: a handler that needs a third has a
 * use case in it that belongs to a room.
 */
export function checkRouteRooms({ file, source }: { file: string; source: string }): Finding[] {
  if (!/^app\/.+\.ts$/.test(file)) return []
  const imports = [...source.matchAll(/['"](?:@|(?:\.\.?\/)+)\/?domain\/([a-z-]+)\//g)]
  const rooms = [...new Set(imports.map(([, room = '']) => room))].sort()
  if (rooms.length <= MOST_ROOMS) return []
  const message = `imports from ${rooms.length} rooms (${rooms.join(', ')}), over ${MOST_ROOMS}`
  return [{ file, message, severity: 'error' }]
}
