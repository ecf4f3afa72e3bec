import { simpleParser } from 'mailparser'
import { createTransport } from 'nodemailer'
import { describe, expect, it } from 'vitest'
import { sendWhole } from './whole-message'

const letter = {
  messageId: '<notice-1@bobjool.example>',
  date: new Date('2026-11-22T01:02:14Z'),
  from: { name: '밥줄', address: 'no-reply@bobjool.example' },
  to: { name: '', address: 'diner@bobjool.test' },
  subject: `예약이 확정됐어요 · 금요식당 ${'아주 긴 이름 '.repeat(12)}`,
  headers: { 'Auto-Submitted': 'auto-generated' },
}
const html = `<p>창가 자리 &lt;3</p>${'<p>밥줄</p>'.repeat(400)}`
const text = '.\n..점으로 시작하는 줄\n창가 자리 <3\n'
const file = {
  filename: 'reservation.ics',
  contentType: 'text/calendar; charset=utf-8; method=PUBLISH',
  content: 'BEGIN:VCALENDAR\r\nSUMMARY:금요식당\r\nEND:VCALENDAR\r\n',
}

/** Bytes as they go to a server, before dots are stuffed. */
async function write(mail: object, isWhole: boolean): Promise<Buffer> {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows' })
  if (isWhole) transport.use('stream', sendWhole)
  const { message } = await transport.sendMail({ ...letter, ...mail, encoding: 'base64' })
  return Buffer.isBuffer(message) ? message : Buffer.from('')
}

describe('a letter handed over whole', () => {
  it.each([
    ['HTML, text and a file', { html, text, attachments: [file] }],
    ['HTML and text', { html, text, attachments: [] }],
    ['text alone', { text }],
  ])('says what nodemailer’s stream says: %s', async (_, mail) => {
    const [whole, streamed] = [await write(mail, true), await write(mail, false)]
    const [read, expected] = [await simpleParser(whole), await simpleParser(streamed)]
    expect(read.text).toBe(expected.text)
    expect(read.html).toEqual(expected.html)
    expect(read.subject).toBe(expected.subject)
    const files = (of: typeof read) =>
      of.attachments.map(({ filename, contentType, content }) => [
        filename,
        contentType,
        `${content}`,
      ])
    expect(files(read)).toEqual(files(expected))
    const boundaries = /--_NmP-[\w-]+/g
    const shape = (bytes: Buffer) => bytes.toString('latin1').replaceAll(boundaries, '').trimEnd()
    expect(shape(whole)).toBe(shape(streamed))
  })

  it('G18: keeps every byte of it ASCII, in lines that every server takes', async () => {
    const bytes = await write({ html, text, attachments: [file] }, true)
    const lines = bytes.toString('latin1').split('\r\n')
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(78)
    expect(bytes.every((byte) => byte < 128)).toBe(true)
    expect(lines.some((line) => /[\r\n]/.test(line))).toBe(false)
  })

  it('G18: leaves no way to add a field', async () => {
    const bytes = await write({ text, subject: '예약\r\nBcc: victim@x.test' }, true)
    expect((await simpleParser(bytes)).bcc).toBeUndefined()
    expect(bytes.toString('latin1')).not.toMatch(/^Bcc:/m)
  })
})
