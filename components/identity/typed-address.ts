import { keepText, readText } from '@/components/ui/client/kept-text'

const KEY = 'typed-address'

/** Keeps a typed address for the other ways of signing in. */
export const keepTypedAddress = (address: string) => keepText(KEY, address)

/**
 * Puts a kept address into a form's empty `email` field, but not into one that its person has begun to
 * use before the script ran: what they type would follow it.
 */
export function fillInAddress(form: HTMLFormElement | null): void {
  const field = form?.elements.namedItem('email')
  if (!(field instanceof HTMLInputElement) || field === document.activeElement) return
  if (field.value === '') field.value = readText(KEY)
}
