import { expect, test } from 'vitest'
import { useBrowser } from '../support/browser'
import { byKeyboard } from '../support/keyboard'

/** Checks the keyboard driver: it must not use what a person without a mouse can't use. */
const browser = useBrowser()

const open = async (body: string) => {
  const page = await browser.newPage()
  await page.setContent(
    `<style>:focus-visible { outline: 3px solid red }</style><a href="#" style="position: relative; z-index: 1">First</a>${body}`,
  )
  return page
}
const button = '<button>Save</button>'

test('reaches and presses what the Tab key reaches', async () => {
  const page = await open(
    `<input aria-label="Name"><button onclick="this.textContent += 'd'">Save</button>`,
  )
  await byKeyboard.write(page.getByLabel('Name'), '김새봄')
  await byKeyboard.press(page.getByRole('button', { name: 'Save' }))
  expect(await page.getByRole('button').textContent()).toBe('Saved')
  await byKeyboard.reach(page.getByRole('link', { name: 'First' }), 'Shift+Tab')
})

test.each([
  [
    'can’t be reached',
    '<button tabindex="-1">Save</button>',
    /does not lead there[\s\S]*a “First”/,
  ],
  [
    'has no ring',
    `<style>button { outline: none !important }</style>${button}`,
    /no ring around it/,
  ],
  [
    'is covered',
    `<div style="position: fixed; inset: 0; background: white"></div>${button}`,
    /where nobody can see it/,
  ],
])('control: a button that %s fails, and says what was passed', async (_, body, trouble) => {
  const page = await open(body)
  const pressing = byKeyboard.press(page.getByRole('button', { name: 'Save' }))
  await expect(pressing).rejects.toThrow(trouble)
})
