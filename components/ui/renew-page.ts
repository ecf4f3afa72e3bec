import { RENEWED } from './renewed'

type Typed = { key: string; value: string; isChecked: boolean }
type Kept = { path: string; notice: string; typed: Typed[] }
type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement

/** This page came of a renewal; if it does not know the action either, another one won't help. */
let isRenewal = false
/** Passwords and files stay out of the browser's storage; buttons hold no text. */
const UNKEPT = new Set(['password', 'file', 'hidden', 'submit', 'button', 'reset', 'image'])

const listFields = () =>
  [...document.querySelectorAll<Field>('input, textarea, select')].filter(
    ({ type }) => !UNKEPT.has(type),
  )

/** The fields by their names and labels, because a new release may have others beside them. */
function keyFields(): Map<string, Field> {
  const keyed = new Map<string, Field>()
  for (const field of listFields()) {
    const label = field.labels?.[0]?.textContent ?? field.getAttribute('aria-label') ?? ''
    const choice = field.type === 'radio' || field.type === 'checkbox' ? field.value : ''
    const base = [field.type, field.name, label.trim(), choice].join('|')
    let key = base
    for (let nth = 1; keyed.has(key); nth += 1) key = `${base}|${nth}`
    keyed.set(key, field)
  }
  return keyed
}

const isCheckable = (field: Field): field is HTMLInputElement =>
  field.type === 'radio' || field.type === 'checkbox'

/**
 * Loads the page of the release that runs now, and keeps what was typed. False: that has
 * just been tried, or nothing can be kept here, so the page stays as it is.
 */
export function renewPage(notice: string): boolean {
  try {
    if (isRenewal) return false
    const typed = [...keyFields()].map(([key, field]): Typed => {
      return { key, value: field.value, isChecked: isCheckable(field) && field.checked }
    })
    const kept: Kept = { path: location.pathname, notice, typed }
    sessionStorage.setItem(RENEWED, JSON.stringify(kept))
    location.reload()
    return true
  } catch {
    return false
  }
}

/** Sets a field as typing does, so that its component learns of it. */
function fillIn(field: Field, { value, isChecked }: Typed) {
  if (isCheckable(field)) {
    if (field.checked !== isChecked && (isChecked || field.type === 'checkbox')) field.click()
    return
  }
  if (field.value === value) return
  const { set } = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value') ?? {}
  set?.call(field, value)
  field.dispatchEvent(new Event('input', { bubbles: true }))
  field.dispatchEvent(new Event('change', { bubbles: true }))
}

function tell(notice: string) {
  const status = document.createElement('div')
  status.role = 'status'
  status.className = 'pointer-events-none fixed inset-x-0 bottom-0 z-10 p-4'
  const text = document.createElement('p')
  text.className =
    'mx-auto max-w-task rounded-card border-2 border-dashed border-waiting bg-raised p-4 text-15 font-medium'
  document.body.append(status)
  status.append(text)
  text.textContent = notice
  // It stays until the visitor goes on.
  addEventListener('pointerdown', () => status.remove(), { once: true })
  addEventListener('keydown', () => status.remove(), { once: true })
}

/**
 * Puts back what was typed, also into a form that a press has yet to open, and says why the page
 * has changed. Does it once, however many forms ask.
 */
export function restoreTyped(): void {
  const said = sessionStorage.getItem(RENEWED)
  sessionStorage.removeItem(RENEWED)
  if (said === null) return
  isRenewal = true
  const kept: Kept = JSON.parse(said)
  if (kept.path !== location.pathname) return
  tell(kept.notice)
  const left = new Map(kept.typed.map((typed) => [typed.key, typed]))
  const fill = () => {
    for (const [key, field] of keyFields()) {
      const typed = left.get(key)
      if (typed && left.delete(key)) fillIn(field, typed)
    }
    if (left.size === 0) watch.disconnect()
  }
  const watch = new MutationObserver(fill)
  watch.observe(document.body, { childList: true, subtree: true })
  fill()
}
