import { mkdir } from 'node:fs/promises'
import http from 'node:http'
import path from 'node:path'
import { chromium } from 'playwright-core'
import { mailKinds } from '@/domain/notification/types'
import { type ComposedMail, composeNotice } from '@/emails/notice-mails'
import { samples } from '@/emails/samples'
import { locales } from '@/lib/i18n/locale'
import { findChromium, MISSING_CHROMIUM } from './chromium'

type Progress = { say: (text: string) => void }

const WIDTHS = { phone: 390, desk: 760 } as const

async function compose(kind: string, locale: string): Promise<ComposedMail | null> {
  const known = mailKinds.find((name) => name === kind)
  if (!known) return null
  const composed = await composeNotice({
    kind: known,
    locale,
    payload: samples[known],
    queuedAt: new Date('2026-12-03T09:00:00Z'),
    appUrl: 'https://bobjool.example',
    sender: { name: '밥줄', address: 'no-reply@bobjool.example', domain: 'bobjool.example' },
    sealLink: ({ kind: door, id }) => (door === 'code' ? '048213' : `sample-${door}-${id}`),
  })
  if (!composed.ok) throw new Error(`${kind} ${locale}: ${composed.reason}: ${composed.detail}`)
  return composed.mail
}

const escapeHtml = (text: string) =>
  text.replaceAll(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)

function listPage(): string {
  const rows = mailKinds.map((kind) => {
    const links = locales.flatMap((locale) =>
      ['html', 'text'].map(
        (part) => `<a href="/${kind}/${locale}/${part}" target="mail">${locale} ${part}</a>`,
      ),
    )
    return `<li><b>${kind}</b><br>${links.join(' · ')}</li>`
  })
  return `<!doctype html><meta charset="utf-8"><title>Bobjool mails</title>
    <style>:root{color-scheme:light dark}body{margin:0;display:flex;height:100vh;font:15px system-ui}
    ul{margin:0;padding:16px;list-style:none;overflow:auto;flex:none}li{margin-bottom:12px}iframe{flex:1;border:0}</style>
    <ul>${rows.join('')}</ul><iframe name="mail" title="mail" src="/${mailKinds[0]}/ko/html"></iframe>`
}

async function readPage(url: string): Promise<string | null> {
  if (url === '/') return listPage()
  const [, kind = '', locale = '', part] = url.split('/')
  const mail = locales.some((known) => known === locale) ? await compose(kind, locale) : null
  if (!mail) return null
  if (part !== 'text') return mail.html
  const text = `${mail.subject}\n\n${mail.text}${mail.calendar ? `\n${mail.calendar.content}` : ''}`
  return `<!doctype html><meta charset="utf-8"><style>:root{color-scheme:light dark}</style><pre style="white-space:pre-wrap">${escapeHtml(text)}</pre>`
}

/** Serves until Ctrl-C, on this machine only. */
export function serveMails(progress: Progress): Promise<number> {
  const server = http.createServer(async (request, response) => {
    const page = await readPage(request.url ?? '/').catch((error: unknown) => String(error))
    response.writeHead(page === null ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' })
    response.end(page ?? 'There is no such mail.')
  })
  const port = Number(process.env.PORT ?? 3025)
  server.listen(port, '127.0.0.1', () => progress.say(`The mails are on http://localhost:${port}`))
  return new Promise((resolve) => process.once('SIGINT', () => resolve(0)))
}

/** One picture of each mail for each language, width and hour of the day. */
export async function takePictures(progress: Progress): Promise<number> {
  const executablePath = findChromium()
  if (!executablePath) throw new Error(MISSING_CHROMIUM)
  const folder = path.resolve('.local/mail-pictures')
  await mkdir(folder, { recursive: true })
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  for (const [name, width] of Object.entries(WIDTHS))
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await browser.newPage({ viewport: { width, height: 700 }, colorScheme })
      for (const kind of mailKinds)
        for (const locale of locales) {
          const mail = await compose(kind, locale)
          await page.setContent(mail?.html ?? '')
          const file = `${kind.toLowerCase()}-${locale}-${name}-${colorScheme}.png`
          await page.screenshot({ path: path.join(folder, file), fullPage: true })
        }
      await page.close()
    }
  await browser.close()
  progress.say(`The pictures are in ${folder}.`)
  return 0
}
