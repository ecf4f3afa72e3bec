import { version } from '@/package.json'
import type { Stores } from './stores'

/** The address to open, and the accounts to sign in with. */
export function describeDemo({
  url,
  stores,
  seconds,
  isDev,
}: {
  url: string
  stores: Pick<Stores, 'inboxUrl'>
  seconds: number
  isDev: boolean
}): string {
  const mail = stores.inboxUrl ?? '(sent through SMTP_URL)'
  return `
밥줄 · Bobjool ${version} is ${isDev ? 'ready for development' : 'open'} after ${seconds.toFixed(1)} s.

  손님 · diner        ${url}
                      ${url}/restaurants/friday
  사장님 · owner      ${url}/owner
  받은 메일 · inbox   ${mail}

  Sign in with the password bobjool-demo as
    diner1@bobjool.test … diner20@bobjool.test · owner@bobjool.test · admin@bobjool.test

  Its environment, for other tools: .local/demo/demo.env
  Ctrl-C stops everything.
`
}
