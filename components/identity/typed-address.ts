const KEY = 'typed-address'

/** Keeps a typed address for the other ways of signing in, in this tab and out of every URL. */
export function keepTypedAddress(address: string): void {
  try {
    sessionStorage.setItem(KEY, address)
  } catch {
    // Without storage it is typed once more.
  }
}

export function readTypedAddress(): string {
  try {
    return sessionStorage.getItem(KEY) ?? ''
  } catch {
    return ''
  }
}

/** Puts a kept address into a form's empty `email` field. */
export function fillInAddress(form: HTMLFormElement | null): void {
  const field = form?.elements.namedItem('email')
  if (field instanceof HTMLInputElement && field.value === '') field.value = readTypedAddress()
}
