import { compile } from 'html-to-text'
import { plainTextSelectors } from 'react-email'

// Compiled once: compiling takes as long as writing the text of an email.
const convert = compile({
  wordwrap: false,
  selectors: [
    ...plainTextSelectors,
    { selector: 'h1', options: { uppercase: false } },
    { selector: 'a[href^="tel:"]', format: 'anchor', options: { ignoreHref: true } },
    // Cells of one fact belong on one line.
    { selector: 'td[data-text-inline=true]', format: 'inline' },
    // A row of a list on a line of its own.
    { selector: 'tr[data-text-row=true]', format: 'block' },
  ],
})

/** The text part, derived from the HTML part, so that the two can't disagree. */
export function writePlainText(html: string): string {
  return `${convert(html)
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()}\n`
}
