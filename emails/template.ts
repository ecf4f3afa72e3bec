import { LRUCache } from 'lru-cache'
import type { ReactElement } from 'react'
import { writeHtml } from './html'
import { writePlainText } from './plain-text'

type Texts = Record<string, string | readonly string[] | undefined>

/**
 * An email whose frame depends on nothing but its shape. `texts` are whole texts of elements and values
 * of attributes, as people are to read them.
 */
export type Page = {
  /** Everything the frame depends on, which texts there are included. */
  shape: string
  texts: ReadonlyMap<string, string>
  /** The frame with a blank for each text. */
  renderBlank: () => ReactElement
}

/** Characters of no alphabet enclose the name of a text; what people typed never gets into a frame. */
const blankFor = (name: string) => `\uE000${name}\uE001`
const BLANKS = /\uE000([^\uE001]*)\uE001/

const nameItem = (name: string, index: number) => `${name}.${index}`

function listTexts(texts: Texts): [name: string, text: string][] {
  return Object.entries(texts).flatMap(([name, text]): [string, string][] => {
    if (text === undefined) return []
    if (typeof text === 'string') return [[name, text]]
    return text.map((item, index) => [nameItem(name, index), item])
  })
}

function blankOut(texts: Texts): Texts {
  const blanks = Object.entries(texts).map(([name, text]): [string, Texts[string]] => {
    if (text === undefined) return [name, text]
    if (typeof text === 'string') return [name, blankFor(name)]
    return [name, text.map((_, index) => blankFor(nameItem(name, index)))]
  })
  return Object.fromEntries(blanks)
}

/** `render` may neither measure, cut nor compare texts, only see which there are. */
export function planPage<T extends Texts>({
  shape,
  texts,
  render,
}: {
  shape: string
  texts: T
  render: (texts: T) => ReactElement
}): Page {
  const listed = new Map(listTexts(texts))
  return {
    shape: [shape, ...listed.keys()].join(' '),
    texts: listed,
    // The same keys, of the same kinds: TypeScript can't see it.
    renderBlank: () => render(blankOut(texts) as T),
  }
}

/** What stands between the blanks, with their names in between. */
type Pieces = string[]
type Frame = { html: Pieces; text: Pieces }

/** A note of many lines has a frame of its own, so not all of them are kept. */
const frames = new LRUCache<string, Frame>({ max: 300 })

async function readFrame({ shape, renderBlank }: Page): Promise<Frame> {
  const known = frames.get(shape)
  if (known) return known
  const html = await writeHtml(renderBlank())
  const frame = { html: html.split(BLANKS), text: writePlainText(html).split(BLANKS) }
  frames.set(shape, frame)
  return frame
}

function fill(pieces: Pieces, write: (name: string) => string): string {
  return pieces.map((piece, index) => (index % 2 === 1 ? write(piece) : piece)).join('')
}

const ESCAPED: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#x27;',
}

/** As React escapes both texts and attributes. */
const escapeText = (text: string) => text.replaceAll(/[&<>"']/g, (sign) => ESCAPED[sign] ?? '')

/** As a reader of HTML sees a text: in one line. */
const flatten = (text: string) => text.replaceAll(/[ \t\r\n\f\u200B]+/g, ' ')

/** Texts may bring spaces to where there is one already, or to the ends of lines. */
const tidy = (text: string) =>
  `${text
    .replaceAll(/ {2,}/g, ' ')
    .replaceAll(/ ?\n ?/g, '\n')
    .trim()}\n`

/**
 * Both parts of an email. Its frame is rendered once for all emails of one shape, and the texts are filled
 * in, escaped (G18): rendering took most of the time that an email took.
 */
export async function writePage(page: Page): Promise<{ html: string; text: string }> {
  const frame = await readFrame(page)
  const read = (name: string) => page.texts.get(name) ?? ''
  return {
    html: fill(frame.html, (name) => escapeText(read(name))),
    text: tidy(fill(frame.text, (name) => flatten(read(name)))),
  }
}
