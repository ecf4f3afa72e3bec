import type { Page } from 'playwright-core'
import { pendingCookie } from '../agreement'
import { awaitPasskey } from './guarded'
import type { LinkScene } from './links'
import type { View, Viewer } from './view'

/** Submits the form of the page as it stands. */
async function submit(page: Page) {
  await page.getByRole('main').locator('button[type="submit"]').click()
}

/** By its name, which is the same in both languages. */
async function fill(page: Page, fields: Record<string, string>) {
  for (const [name, value] of Object.entries(fields))
    await page.locator(`input[name="${name}"]:visible`).fill(value)
}

let guests = 0
/** One address per picture: so many mails to one address would be refused. */
function nextEmail(): string {
  guests += 1
  return `guest${guests}@bobjool.test`
}

async function askForMail(page: Page) {
  await fill(page, { email: nextEmail() })
  await submit(page)
  await page.locator('h1:focus').waitFor()
}

const showLink = (kind: keyof LinkScene, as?: Viewer): View => ({
  name: `link-${kind.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}${as ? `-${as}` : ''}`,
  route: 'links/[token]',
  path: ({ links }) => `/links/${links[kind]}`,
  ...(as && { as }),
})

/** The second step of signing in, by where its person stands. */
const secondStep = (state: string, lostFor: string | null, rest: Partial<View> = {}): View => ({
  name: `sign-in-passkey-${state}`,
  route: 'sign-in/passkey',
  path: () => '/sign-in/passkey',
  before: (page) => awaitPasskey(page, lostFor),
  ...rest,
})

export const accessViews: View[] = [
  { name: 'sign-in', route: 'sign-in', path: () => '/sign-in' },
  {
    name: 'sign-in-wrong',
    route: 'sign-in',
    path: () => '/sign-in',
    after: async (page) => {
      await fill(page, { email: 'diner9@bobjool.test', password: 'not the right one' })
      await submit(page)
      await page.getByRole('main').getByRole('status').locator('p').first().waitFor()
    },
    complaints: /401/,
  },
  { name: 'sign-up', route: 'sign-up', path: () => '/sign-up' },
  {
    name: 'sign-up-refused',
    route: 'sign-up',
    path: () => '/sign-up',
    after: async (page) => {
      await page.locator('input[value="OWNER"]').check()
      await fill(page, { email: 'name@', password: '1234567890', name: '김밥줄', phone: '없어요' })
      await submit(page)
      await page.locator('input[aria-invalid="true"]:focus').waitFor()
    },
  },
  {
    name: 'sign-up-sent',
    route: 'sign-up',
    path: () => '/sign-up',
    after: async (page) => {
      await fill(page, {
        email: nextEmail(),
        password: 'a long enough one',
        name: '김밥줄',
      })
      await page.locator('input[name=agreement]').check()
      await submit(page)
      await page.locator('h1:focus').waitFor()
    },
  },
  {
    name: 'sign-up-agree',
    route: 'sign-up/agree',
    path: () => '/sign-up/agree',
    before: (page) =>
      page.context().addCookies([
        {
          ...pendingCookie({ subject: '4711', email: 'from-kakao@bobjool.test' }),
          domain: '127.0.0.1',
          path: '/',
        },
      ]),
  },
  { name: 'terms', route: 'terms', path: () => '/terms' },
  { name: 'privacy', route: 'privacy', path: () => '/privacy' },
  { name: 'forgot-password', route: 'forgot-password', path: () => '/forgot-password' },
  {
    name: 'forgot-password-sent',
    route: 'forgot-password',
    path: () => '/forgot-password',
    after: askForMail,
  },
  { name: 'sign-in-passkey', route: 'sign-in/passkey', path: () => '/sign-in/passkey' },
  secondStep('lost', null, {
    after: async (page) => {
      await page.getByRole('button', { name: /잃어버렸어요|I lost/ }).click()
      await page.getByRole('dialog').waitFor()
    },
  }),
  secondStep('waiting', '1 hour'),
  secondStep('ready', '25 hours'),
  { name: 'sign-in-by-mail', route: 'sign-in/by-mail', path: () => '/sign-in/by-mail' },
  showLink('confirm'),
  showLink('confirmOnOtherDevice'),
  showLink('signIn'),
  showLink('reset'),
  showLink('keep'),
  showLink('change'),
  showLink('change', 'newcomer'),
  showLink('expired'),
  showLink('used'),
  showLink('confirmed'),
  showLink('confirmed', 'newcomer'),
  showLink('unknown'),
]
