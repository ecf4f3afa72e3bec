import type { ReactElement } from 'react'

/** What mail programs that go by the document's type expect: it keeps them out of their quirks. */
const DOCTYPE =
  '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">'

// Loaded late: the bundler allows it in no file that a page could reach otherwise.
const load = () => import('react-dom/server')
let renderer: ReturnType<typeof load> | undefined

/**
 * The HTML part. Nothing in a mail is loaded while it is written, so it needs no stream, as the
 * renderer of the templates' library makes one: that took three times as long as writing the mail.
 */
export async function writeHtml(body: ReactElement): Promise<string> {
  renderer ??= load()
  const { renderToStaticMarkup } = await renderer
  return DOCTYPE + renderToStaticMarkup(body).replace(/^<!DOCTYPE html>/, '')
}
