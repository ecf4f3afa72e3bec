/** The key in this tab's storage under which a page keeps what was typed over its reload. */
export const RENEWED = 'renewed'

/** Whether this page was loaded anew because of a new release, and has text to put back. */
export function isRenewed(): boolean {
  try {
    return sessionStorage.getItem(RENEWED) !== null
  } catch {
    return false
  }
}
