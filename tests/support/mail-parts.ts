import path from 'node:path'
import type { Plugin } from 'vitest/config'

const PACKAGES = path.resolve(import.meta.dirname, '../../node_modules')
const ID = '\0react-email'

/** What mails are made of. */
const PARTS = [
  ...['Button', 'Column', 'Container', 'Head', 'Heading', 'Html'],
  ...['Link', 'Preview', 'Row', 'Section', 'Text'],
]

/**
 * The build leaves out what no mail uses of the template library. Node would load all of it into
 * each test file, a highlighter of source code for one, which takes longer than most of the tests.
 */
export const onlyMailParts: Plugin = {
  name: 'only-mail-parts',
  enforce: 'pre',
  resolveId: (id) => (id === 'react-email' ? ID : null),
  load: (id) => (id === ID ? writeModule() : null),
}

function writeModule(): string {
  const lines = PARTS.map((name) => {
    const part = name.toLowerCase()
    return `export { ${name} } from '${PACKAGES}/react-email/dist/components/${part}/${part}.mjs'`
  })
  const render = `export { plainTextSelectors } from '${PACKAGES}/@react-email/render/dist/node/index.mjs'`
  return [...lines, render].join('\n')
}
