import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { loadVariableFiles } from './variable-file'

const folder = mkdtempSync(path.join(tmpdir(), 'bobjool-variables-'))
afterAll(() => rmSync(folder, { recursive: true }))

function write(content: string): string {
  const file = path.join(folder, `${Math.random()}`)
  writeFileSync(file, content)
  return file
}

const load = (environment: Record<string, string | undefined>) => {
  loadVariableFiles({ environment, names: ['AUTH_SECRET', 'SMTP_URL'] })
  return environment
}

describe('a variable in a file', () => {
  it.each([
    ['as it is', 'a secret'],
    ['with a line break at its end', 'a secret\n'],
    ['with that of Windows', 'a secret\r\n'],
    ['with a byte order mark', '\uFEFFa secret'],
  ])('is read %s', (_, content) => {
    expect(load({ AUTH_SECRET_FILE: write(content) })).toEqual({ AUTH_SECRET: 'a secret' })
  })

  it('keeps the line breaks inside', () => {
    expect(load({ AUTH_SECRET_FILE: write('a\nb\n') })).toEqual({ AUTH_SECRET: 'a\nb' })
  })

  it('is read once: again changes nothing', () => {
    const environment = load({ AUTH_SECRET_FILE: write('a secret') })
    expect(load(environment)).toEqual({ AUTH_SECRET: 'a secret' })
  })

  it('of another name, or an empty name of a file, is left alone', () => {
    const given = { PATH_FILE: '/nowhere', AUTH_SECRET_FILE: '', SMTP_URL: 'smtp://a' }
    expect(load({ ...given })).toEqual(given)
  })

  it.each([
    ['is empty', () => ({ AUTH_SECRET_FILE: write('') }), /AUTH_SECRET_FILE: .+ is empty/],
    ['is a line break', () => ({ AUTH_SECRET_FILE: write('\n') }), /AUTH_SECRET_FILE: .+ is empty/],
    [
      'is missing',
      () => ({ AUTH_SECRET_FILE: path.join(folder, 'none') }),
      /AUTH_SECRET_FILE: .+none can't be read \(ENOENT\)/,
    ],
    ['is a folder', () => ({ SMTP_URL_FILE: folder }), /SMTP_URL_FILE: .+ \(EISDIR\)/],
    [
      'stands beside the variable itself',
      () => ({ AUTH_SECRET: 'another', AUTH_SECRET_FILE: write('a secret') }),
      /AUTH_SECRET and AUTH_SECRET_FILE are both set: keep one/,
    ],
  ])('that %s is refused by its name', (_, make, words) => {
    expect(() => load(make())).toThrow(words)
  })
})
