import { toPlainText } from 'react-email'

/** The text part, read off the HTML part, so that the two can't say different things. */
export function writePlainText(html: string): string {
  const text = toPlainText(html, {
    selectors: [
      { selector: 'h1', options: { uppercase: false } },
      { selector: 'a[href^="tel:"]', format: 'anchor', options: { ignoreHref: true } },
      // Cells of one fact belong on one line.
      { selector: 'td[data-text-inline=true]', format: 'inline' },
    ],
  })
  return `${text.replaceAll(/\n{3,}/g, '\n\n').trim()}\n`
}
