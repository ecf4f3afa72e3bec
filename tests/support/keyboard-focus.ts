export interface FocusReport {
  /** Role and name of the focused element, for the reader of a failed test. */
  name: string
  /** An element keeps its number for as long as the page stands. */
  element: number
  /** Why a person without a mouse could not see the focus; null: they can. */
  trouble: string | null
}

/**
 * Runs in the page, so it may use nothing of this file. A focus ring is an outline around the
 * element, around its container, or around its stand-in (the label of a hidden input).
 */
export function describeFocus(): FocusReport {
  const focused = document.activeElement
  if (!(focused instanceof HTMLElement) || focused === document.body)
    return { name: '(nothing)', element: 0, trouble: null }

  const page = window as typeof window & { elementsByFocus?: HTMLElement[] }
  page.elementsByFocus ??= []
  if (!page.elementsByFocus.includes(focused)) page.elementsByFocus.push(focused)
  const element = page.elementsByFocus.indexOf(focused) + 1

  const readName = (element: HTMLElement): string => {
    const ids = element.getAttribute('aria-labelledby')?.split(' ') ?? []
    const labels = 'labels' in element && element.labels instanceof NodeList ? element.labels : []
    const spoken = [
      element.getAttribute('aria-label'),
      ids.map((id) => document.getElementById(id)?.textContent).join(' '),
      [...labels].map((label) => label.textContent).join(' '),
      element.textContent,
    ]
    return (spoken.find((each) => each?.trim()) ?? '').replace(/\s+/g, ' ').trim().slice(0, 60)
  }
  const role = focused.getAttribute('role') ?? focused.tagName.toLowerCase()
  const name = `${role} “${readName(focused)}”`

  const hasRing = (element: Element): boolean => {
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element)
    const isDrawn = outlineStyle === 'solid' || outlineStyle === 'auto'
    const isOutlined = isDrawn && Number.parseFloat(outlineWidth) >= 2
    return isOutlined && !/^rgba\(.*, 0\)$|^transparent$/.test(outlineColor)
  }
  const around: Element[] = [focused]
  for (let up = focused.parentElement; up && around.length < 4; up = up.parentElement)
    around.push(up)
  if (focused.nextElementSibling) around.push(focused.nextElementSibling)
  if (!around.some(hasRing))
    return { name, element, trouble: 'has the focus and no ring around it' }

  // A row of days scrolls, and so does a page: an element out of sight is scrolled into view.
  const box = focused.getBoundingClientRect()
  const isInside = (x: number, y: number) =>
    x >= 0 && y >= 0 && x <= window.innerWidth && y <= window.innerHeight
  const points = [0.1, 0.5, 0.9].flatMap((across) =>
    [0.1, 0.5, 0.9].map((down): [number, number] => [
      box.left + box.width * across,
      box.top + box.height * down,
    ]),
  )
  const seen = points.filter(([x, y]) => {
    if (!isInside(x, y)) return false
    const top = document.elementFromPoint(x, y)
    return top !== null && around.some((each) => each === top || focused.contains(top))
  })
  if (seen.length === 0) return { name, element, trouble: 'has the focus where nobody can see it' }
  return { name, element, trouble: null }
}
