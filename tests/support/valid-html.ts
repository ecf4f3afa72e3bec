import { HtmlValidate } from 'html-validate'
import type { Page, Response } from 'playwright-core'

/**
 * The HTML standard, the rules of accessibility it can check in markup, and those of whole documents.
 * A rule that is off has its reason beside it.
 */
const validator = new HtmlValidate({
  root: true,
  extends: ['html-validate:standard', 'html-validate:a11y', 'html-validate:document'],
  rules: {
    // For scripts of other servers; all of ours come from the page's own.
    'require-sri': 'off',
    // ARIA lets lists be named, and screen readers say the name.
    'aria-label-misuse': ['error', { allowAnyNamable: true }],
    // Labels around their field name it by its id, too: some voice controls know only that.
    'no-redundant-for': 'off',
    // The calendar's own markup (react-day-picker) says what its cells are in a grid anyway.
    'no-redundant-role': 'off',
  },
})

/**
 * Content that comes after its placeholder, for a script to put in its place. Until then the document
 * holds both, which only the browser's own state can tell from two.
 */
const STREAMED = /<div hidden id="S:/

async function validate(html: string): Promise<string[]> {
  const { results } = await validator.validateString(html)
  return results.flatMap(({ messages }) =>
    messages.map(({ ruleId, message, selector }) => `${ruleId}: ${message} (${selector})`),
  )
}

/**
 * What is wrong with a page's HTML as it is sent and as it stands after its scripts, each once. A
 * browser mends what it parses, so the second alone would hide faults. `sent`: what the page came
 * with; it is asked for anew where the page has gone on to another address.
 */
export async function listHtmlErrors({
  page,
  sent,
}: {
  page: Page
  sent: Response | null
}): Promise<string[]> {
  const isShown = sent?.url() === page.url()
  const answer = sent && isShown ? sent : await page.context().request.get(page.url())
  const html = await answer.text()
  const isWhole = answer.ok() && !STREAMED.test(html)
  const told = await Promise.all([
    ...(isWhole ? [validate(html)] : []),
    validate(await page.content()),
  ])
  return [...new Set(told.flat())]
}
