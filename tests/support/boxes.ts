import type { Locator } from 'playwright-core'

/** Where an element lies, in pixels of the window. */
export type Box = { x: number; y: number; width: number; height: number }

export const readBoxes = (elements: Locator): Promise<Box[]> =>
  elements.evaluateAll((found) =>
    found.map((element) => {
      const { x, y, width, height } = element.getBoundingClientRect()
      return { x, y, width, height }
    }),
  )

/** Half a pixel is a browser's rounding. */
export const meet = (one: Box, other: Box) =>
  one.x + 0.5 < other.x + other.width &&
  other.x + 0.5 < one.x + one.width &&
  one.y + 0.5 < other.y + other.height &&
  other.y + 0.5 < one.y + one.height
