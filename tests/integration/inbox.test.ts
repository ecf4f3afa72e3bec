import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createTransport } from 'nodemailer'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { nameMoment } from '@/lib/i18n/moment'
import { startInbox } from '@/local/inbox'

const folder = mkdtempSync(path.join(tmpdir(), 'bobjool-inbox-'))
const inbox = await startInbox({ folder })
const transport = createTransport({ url: inbox.smtpUrl, socketTimeout: 2000 })

afterAll(async () => {
  transport.close()
  await inbox.stop()
  rmSync(folder, { recursive: true, force: true })
})

beforeEach(() => {
  inbox.misbehave(null)
  inbox.mailbox.clear()
})

const CALENDAR = 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n'

function send(changes: { to?: string; subject?: string; html?: string } = {}) {
  return transport.sendMail({
    from: '밥줄 <no-reply@bobjool.test>',
    to: 'diner1@bobjool.test',
    subject: '예약이 확정됐어요',
    text: '오늘 19:00, 2명',
    html: '<p>오늘 19:00, 2명</p><script>alert(1)</script>',
    attachments: [{ filename: '예약.ics', content: CALENDAR, contentType: 'text/calendar' }],
    ...changes,
  })
}

async function get(place: string): Promise<Response> {
  return fetch(`${inbox.pageUrl}${place}`)
}

async function list(query = ''): Promise<{ id: string; subject: string }[]> {
  return (await (await get(`/api/messages${query}`)).json()).messages
}

describe('the inbox', () => {
  test('lists what arrived, newest first, for one recipient or for all', async () => {
    await send({ subject: 'first' })
    await send({ subject: 'second', to: 'Diner2@Bobjool.test' })
    await send({ subject: 'third' })
    expect((await list()).map((mail) => mail.subject)).toEqual(['third', 'second', 'first'])
    const forOne = await list('?to=diner2@bobjool.test')
    expect(forOne.map((mail) => mail.subject)).toEqual(['second'])
  })

  test('shows a whole mail: text, HTML, headers and the calendar file', async () => {
    await send()
    const [{ id } = { id: '' }] = await list()
    expect(await (await get(`/api/messages/${id}`)).json()).toMatchObject({
      subject: '예약이 확정됐어요',
      text: expect.stringContaining('오늘 19:00, 2명'),
      html: expect.stringContaining('<p>오늘 19:00'),
      headers: { 'mime-version': '1.0' },
      attachments: [{ fileName: '예약.ics', contentType: 'text/calendar' }],
    })
    const file = await get(`/messages/${id}/attachments/0`)
    expect(file.headers.get('content-disposition')).toContain(encodeURIComponent('예약.ics'))
    expect(await file.text()).toBe(CALENDAR)
    expect((await get('/api/messages/nothing')).status).toBe(404)
  })

  test('says when a mail came by the clock in Seoul, as the service writes times', async () => {
    await send()
    const [mail] = inbox.mailbox.list()
    if (!mail) throw new Error('a mail arrived')
    const shown = nameMoment({
      at: mail.receivedAt,
      ...{ timeZone: 'Asia/Seoul', locale: 'ko', toSecond: true },
    })
    for (const place of ['/', `/messages/${mail.id}`]) {
      const page = await (await get(place)).text()
      expect(page).toContain(`>${shown}</time>`)
      expect(page).not.toMatch(/toLocale|UTC/)
    }
  })

  test("runs no mail's script, neither in its frame nor on the page around it", async () => {
    await send({ subject: '<script>alert(2)</script>' })
    const [{ id } = { id: '' }] = await list()
    const frame = await get(`/messages/${id}/html`)
    expect(frame.headers.get('content-security-policy')).toMatch(/^sandbox (?!.*allow-scripts)/)
    for (const place of ['/', `/messages/${id}`]) {
      expect(await (await get(place)).text()).not.toContain('<script>alert')
    }
  })

  test('still has its mails after a restart', async () => {
    await send({ subject: 'kept' })
    const again = await startInbox({ folder })
    expect(again.mailbox.list().map((mail) => mail.subject)).toEqual(['kept'])
    await again.stop()
  })
})

describe('on request the inbox', () => {
  test.each([
    { at: 'connect', code: 421 },
    { at: 'sender', code: 451 },
    { at: 'recipient', code: 550 },
    { at: 'data', code: 554 },
  ] as const)('answers $code at $at, once', async ({ at, code }) => {
    inbox.misbehave({ kind: 'refuse', at, code, times: 1 })
    await expect(send()).rejects.toMatchObject({ responseCode: code })
    expect(await list()).toEqual([])
    await send()
    expect(await list()).toHaveLength(1)
  })

  test.each([
    { kind: 'stall-after-data', isStored: true },
    { kind: 'stall-after-data', isStored: false },
    { kind: 'close-after-data', isStored: true },
    { kind: 'close-after-data', isStored: false },
  ] as const)('does $kind with isStored $isStored', async (misbehaviour) => {
    inbox.misbehave({ ...misbehaviour, times: 1 })
    await expect(send()).rejects.toThrow()
    expect(await list()).toHaveLength(misbehaviour.isStored ? 1 : 0)
  })

  test('closes the connection in the middle of the data', async () => {
    inbox.misbehave({ kind: 'close-during-data', times: 1 })
    await expect(send({ html: 'long '.repeat(200_000) })).rejects.toThrow()
    expect(await list()).toEqual([])
  })
})
