import { describe, expect, it } from 'vitest'
import { type Colour, colours, darkRules } from './tokens'

/** WCAG 2.2, relative luminance and contrast ratio. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one: string, other: string): number {
  const [lighter = 0, darker = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (lighter + 0.05) / (darker + 0.05)
}

const pairs: [text: Colour, ground: Colour][] = [
  ['ink', 'paper'],
  ['ink', 'raised'],
  ['quiet', 'paper'],
  ['quiet', 'raised'],
  ['accent', 'raised'],
  ['onAccent', 'accent'],
  ['confirmed', 'raised'],
  ['waiting', 'raised'],
  ['refusal', 'raised'],
]

describe.each(['light', 'dark'] as const)('%s colours of mails', (mode) => {
  it.each(pairs)('%s on %s passes WCAG AA', (text, ground) => {
    expect(contrast(colours[mode][text], colours[mode][ground])).toBeGreaterThanOrEqual(4.5)
  })
})

it('has a dark rule for every colour', () => {
  for (const [name, value] of Object.entries(colours.dark)) {
    expect(darkRules).toContain(`.text-${name}{color:${value} !important}`)
  }
})
