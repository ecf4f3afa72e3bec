const KEY = 'bobjool.kiosk'
const SHAPE = /^[\w-]{43}$/

/** The address that makes whatever opens it the tablet: what is behind # never reaches a server. */
export function linkToKiosk({ path, token }: { path: string; token: string }): string {
  return `${path}#${token}`
}

/** What this device was given, from its address or from before; null: it is no tablet of ours. */
export function readKioskToken(): string | null {
  const given = window.location.hash.slice(1)
  try {
    if (SHAPE.test(given)) {
      localStorage.setItem(KEY, given)
      // Not in the address that somebody might copy from the tablet.
      window.history.replaceState(null, '', window.location.pathname)
    }
    return localStorage.getItem(KEY)
  } catch {
    // Storage is switched off: it is a tablet for as long as its address says so.
    return SHAPE.test(given) ? given : null
  }
}
