const KEY = 'bobjool.kiosk'
const SHAPE = /^[\w-]{43}$/

/**
 * An address that turns the device opening it into the tablet. The token follows the #, so it never
 * reaches a server.
 */
export function linkToKiosk({ path, token }: { path: string; token: string }): string {
  return `${path}#${token}`
}

/** This device's token, from its address or from storage; null: it is no tablet of ours. */
export function readKioskToken(): string | null {
  const given = window.location.hash.slice(1)
  try {
    if (SHAPE.test(given)) {
      localStorage.setItem(KEY, given)
      // Removed from the address, which a guest might copy from the tablet.
      window.history.replaceState(null, '', window.location.pathname)
    }
    return localStorage.getItem(KEY)
  } catch {
    // With storage switched off the device stays a tablet while its address says so.
    return SHAPE.test(given) ? given : null
  }
}
