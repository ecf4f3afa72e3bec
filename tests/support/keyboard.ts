/**
 * A person without a mouse. Every stop on the way has to be visible (a focus ring, nothing on top),
 * and a target that the Tab key does not reach fails, with the list of stops passed.
 */
import type { Locator, Page } from 'playwright-core'
import { describeFocus, type FocusReport } from './keyboard-focus'

/** More stops than any page has; a person would have given up long before. */
const MOST_STOPS = 160

type Way = 'Tab' | 'Shift+Tab'

/** Where the focus is, as seen from the page, and whether it is one of the wanted elements. */
async function look(wanted: Locator): Promise<FocusReport & { isThere: boolean }> {
  const [report, isThere] = await Promise.all([
    wanted.page().evaluate(describeFocus),
    wanted.evaluateAll((elements) => elements.some((each) => each === document.activeElement)),
  ])
  return { ...report, isThere }
}

/** Tabs until a matching element has the focus; does nothing if one has it already. */
export async function reach(wanted: Locator, way: Way = 'Tab'): Promise<void> {
  const page = wanted.page()
  await wanted.first().waitFor()
  const passed: string[] = []
  const elements: number[] = []
  for (let stop = 0; stop <= MOST_STOPS; stop += 1) {
    const { isThere, name, element, trouble } = await look(wanted)
    if (isThere || stop > 0) passed.push(name)
    elements.push(element)
    if (trouble && stop > 0) throw new Error(`${name}: ${trouble}\n${explain({ wanted, passed })}`)
    if (isThere) return
    if (hasGoneRound(elements)) break
    await page.keyboard.press(way)
  }
  throw new Error(`The ${way} key does not lead there.\n${explain({ wanted, passed })}`)
}

/** Three stops seen twice: that is the whole page. A field with parts is several stops in a row. */
function hasGoneRound(elements: readonly number[]): boolean {
  const stops = elements.filter(
    (element, index) => element !== 0 && element !== elements[index - 1],
  )
  return stops.length - new Set(stops).size >= 3
}

function explain({ wanted, passed }: { wanted: Locator; passed: readonly string[] }): string {
  return `Looked for ${wanted}, and passed:\n${passed.map((name) => `  ${name}`).join('\n')}`
}

export const byKeyboard = {
  reach,

  /** Tabs to it and presses it. */
  press: async (wanted: Locator, key: 'Enter' | 'Space' = 'Enter') => {
    await reach(wanted)
    await wanted.page().keyboard.press(key)
  },

  /** Tabs to a field and replaces its content. */
  write: async (field: Locator, text: string) => {
    await reach(field)
    await writeHere(field.page(), text)
  },

  /** Types a clock time (`07:30`) into a field with parts for hours and minutes. */
  writeTime: async (field: Locator, clock: string) => {
    await reach(field)
    const hours = Number(clock.slice(0, 2))
    // An hour from 13 on sets AM or PM by itself, also on a twelve-hour clock.
    const half = ['AM', 'PM', ''][Number(hours >= 12) + Number(hours > 12)]
    await field.page().keyboard.type(clock.replace(':', '') + half)
  },

  /** Tabs to a checkbox and ticks it. */
  tick: async (box: Locator) => {
    await reach(box)
    if (!(await box.isChecked())) await box.page().keyboard.press('Space')
  },

  /** Tab leads to a group's chosen option (or its first), the arrows to the others. */
  choose: async (radio: Locator) => {
    await radio.waitFor()
    const group = await radio.getAttribute('name')
    await reach(radio.page().locator(`input[type=radio][name="${group}"]`))
    for (let step = 0; step <= MOST_STOPS; step += 1) {
      const { isThere, trouble, name } = await look(radio)
      if (trouble) throw new Error(`${name}: ${trouble}`)
      if (isThere) {
        if (!(await radio.isChecked())) await radio.page().keyboard.press('Space')
        return
      }
      await radio.page().keyboard.press('ArrowRight')
    }
    throw new Error(`The arrows do not lead to ${radio}.`)
  },
}

/** Replaces the content of the focused field. */
export async function writeHere(page: Page, text: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.insertText(text)
}

/** The same acts with a pointer, for journeys made both ways. */
export const byPointer: Hand = {
  reach: (wanted) => wanted.first().waitFor(),
  press: (wanted) => wanted.click(),
  write: (field, text) => field.fill(text),
  writeTime: (field, clock) => field.fill(clock),
  tick: (box) => box.check(),
  choose: (radio) => radio.check(),
}

export type Hand = typeof byKeyboard
