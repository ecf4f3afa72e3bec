import type { ReactElement } from 'react'

/** Keeps mail programs that look at the document type out of quirks mode. */
const DOCTYPE =
  '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">'

// Imported here: the bundler allows it in no file that a page could reach otherwise.
const load = () => import('react-dom/server')
let renderer: ReturnType<typeof load> | undefined

/**
 * The HTML part. An email loads nothing while it renders, so it needs no stream; the template
 * library's own renderer makes one and took three times as long as writing the mail.
 */
export async function writeHtml(body: ReactElement): Promise<string> {
  renderer ??= load()
  const { renderToStaticMarkup } = await renderer
  return DOCTYPE + renderToStaticMarkup(body).replace(/^<!DOCTYPE html>/, '')
}
