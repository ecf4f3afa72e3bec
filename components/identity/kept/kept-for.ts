const MARK = 'bobjool.kept-for'

/** For whose account this browser keeps something. Null: it keeps nothing, or storage is switched off. */
export function readKeptFor(): string | null {
  try {
    return localStorage.getItem(MARK)
  } catch {
    return null
  }
}

export function markKeptFor(accountId: string | null): void {
  try {
    if (accountId === null) localStorage.removeItem(MARK)
    else localStorage.setItem(MARK, accountId)
  } catch {
    // Without the mark nothing that is kept is shown.
  }
}

/** Whether the browser keeps what is not this visitor's. Null: nobody is signed in. */
export function isKeptForOther(accountId: string | null): boolean {
  const keptFor = readKeptFor()
  return keptFor !== null && keptFor !== accountId
}
