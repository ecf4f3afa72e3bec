import type { CSSProperties } from 'react'

/** The design's colours as literal values, because mail programs know no custom properties. */
export const colours = {
  light: {
    paper: '#FBFAF7',
    raised: '#FFFFFF',
    ink: '#1B1A17',
    quiet: '#5F5B53',
    line: '#E4E0D8',
    accent: '#C2410C',
    onAccent: '#FFFFFF',
    confirmed: '#2B6E4F',
    waiting: '#8A5A00',
    refusal: '#B42318',
    rice: '#FFFFFF',
  },
  dark: {
    paper: '#171614',
    raised: '#201F1C',
    ink: '#F3F0EA',
    quiet: '#B5AFA4',
    line: '#38352F',
    accent: '#FB923C',
    onAccent: '#1B1A17',
    confirmed: '#6FCF97',
    waiting: '#F2C14E',
    refusal: '#F97066',
    rice: '#F3F0EA',
  },
} as const

export type Colour = keyof typeof colours.light

export const fontFamily =
  "-apple-system, BlinkMacSystemFont, 'Apple SD Gothic Neo', 'Malgun Gothic', 'Noto Sans KR', sans-serif"

/** The type scale, in pixels. */
export const size = { small: 15, body: 17, large: 20, title: 28, figure: 44 } as const

type Tint = {
  text?: Colour
  fill?: Colour
  /** The borders' colour; their widths are the element's own. */
  edge?: Colour
}

/**
 * Sets an element's light-mode colours inline, and the classes by which `darkRules` recolours it.
 * Mail programs without dark mode drop the style sheet and keep the inline colours.
 */
export function tint({ text, fill, edge }: Tint): { className: string; style: CSSProperties } {
  return {
    className: [text && `text-${text}`, fill && `fill-${fill}`, edge && `edge-${edge}`]
      .filter(Boolean)
      .join(' '),
    style: {
      ...(text && { color: colours.light[text] }),
      ...(fill && { backgroundColor: colours.light[fill] }),
      ...(edge && { borderColor: colours.light[edge] }),
    },
  }
}

/** Only `!important` overrules inline colours. */
export const darkRules = `@media (prefers-color-scheme: dark) {${Object.entries(colours.dark)
  .map(
    ([name, value]) =>
      `.text-${name}{color:${value} !important}.fill-${name}{background-color:${value} !important}.edge-${name}{border-color:${value} !important}`,
  )
  .join('')}}`
