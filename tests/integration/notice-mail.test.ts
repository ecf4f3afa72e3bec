import ICAL from 'ical.js'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { drainOutbox } from '@/domain/notification/commands'
import { pool } from '@/lib/db/database'
import { closeMail } from '@/lib/mail/mail'
import { useDatabase } from '@/tests/support/database'
import { useInbox } from '@/tests/support/inbox'
import { queueCancelled, queueConfirmed, readNotice } from '@/tests/support/notices'

const database = useDatabase()
const inbox = useInbox()

afterAll(closeMail)
beforeEach(async () => {
  await database.truncateAll()
  inbox.clear()
})

/** The names of the mail's own headers, as a mail server sees them. */
function listHeaders(raw: Buffer): string[] {
  const [head = ''] = raw.toString('latin1').split('\r\n\r\n')
  return head.split(/\r\n(?![ \t])/).map((line) => line.split(':')[0]?.toLowerCase() ?? '')
}

describe('a notice as it arrives', () => {
  it('has a text part, an HTML part and a valid calendar file', async () => {
    const notice = await queueConfirmed(pool, {
      restaurantName: '금요식당',
      note: '창가 자리',
      allergies: '메밀',
    })
    await drainOutbox()
    const mail = await inbox.waitForMail({ recipient: notice.recipient })
    expect(mail.messageId).toBe(`<notice-${notice.id}@bobjool.test>`)
    expect(mail.from).toBe('"밥줄" <no-reply@bobjool.test>')
    expect(mail.headers['auto-submitted']).toBe('auto-generated')
    // Exchange knows only its own header; bounces have to come back.
    expect(mail.headers['x-auto-response-suppress']).toContain('OOF, AutoReply')
    expect(mail.headers['x-auto-response-suppress']).not.toMatch(/NDR|All/)
    expect(mail.text).toContain(`http://localhost:3000/reservations/${notice.reservationId}`)
    expect(mail.html).toContain('창가 자리')
    expect(mail.html).toContain('메밀')
    const [file, ...others] = mail.attachments
    expect(others).toEqual([])
    expect(file?.fileName).toBe('reservation.ics')
    expect(file?.contentType).toBe('text/calendar')
    const calendar = new ICAL.Component(ICAL.parse(file?.content.toString('utf8') ?? ''))
    expect(calendar.getFirstPropertyValue('method')).toBe('PUBLISH')
    expect(calendar.getFirstSubcomponent('vevent')?.getFirstPropertyValue('uid')).toBe(
      `reservation-${notice.reservationId}@bobjool`,
    )
  })

  it('is in its reader’s language', async () => {
    const notice = await queueConfirmed(pool, { locale: 'en' })
    await drainOutbox()
    const mail = await inbox.waitForMail({ recipient: notice.recipient })
    expect(mail.subject).toContain('You’re booked')
    expect(mail.text).toContain(`http://localhost:3000/en/reservations/${notice.reservationId}`)
  })

  it('arrives after the one it follows up, and removes the calendar entry', async () => {
    const { recipient, reservationId } = await queueConfirmed(pool)
    expect(await drainOutbox()).toMatchObject({ sent: 1 })
    await queueCancelled(pool, reservationId)
    expect(await drainOutbox()).toMatchObject({ sent: 1 })
    const [cancelled, confirmed] = inbox.listMails(recipient)
    expect(confirmed?.subject).toContain('예약이 확정됐어요')
    expect(cancelled?.subject).toContain('식당이 예약을 취소했어요')
    const file = cancelled?.attachments[0]?.content.toString('utf8')
    expect(file).toContain('METHOD:CANCEL')
    expect(file).toContain('SEQUENCE:1')
  })

  it('G18: what people typed adds no header, no recipient and no markup', async () => {
    const plain = await queueConfirmed(pool)
    const hostile = await queueConfirmed(pool, {
      dinerName: '김\r\nBcc: victim@evil.test\r\n\r\n<script>alert(1)</script>',
      restaurantName: '"금요"\r\nX-Evil: 1 🍚 \u202eمطعم',
      note: '<img src=x onerror=alert(1)>\r\n.\r\nQUIT\r\n👩‍🍳',
    })
    expect(await drainOutbox()).toMatchObject({ sent: 2 })
    const mail = await inbox.waitForMail({ recipient: hostile.recipient })
    const ordinary = await inbox.waitForMail({ recipient: plain.recipient })
    expect(listHeaders(mail.raw)).toEqual(listHeaders(ordinary.raw))
    expect(mail.recipients).toEqual([hostile.recipient])
    expect(mail.subject).toContain('"금요" X-Evil: 1 🍚 مطعم')
    expect(mail.html).not.toMatch(/<script|<img/)
    expect(mail.html).toContain('&lt;script&gt;')
    expect(mail.text).toContain('<img src=x onerror=alert(1)>\n.\nQUIT\n👩‍🍳')
  })

  it.each([
    '"a@x"@y.test',
    'a@evil.test\r\nbcc: b@evil.test',
    'a@evil.test, b@evil.test',
    'a@evil.test>',
  ])('G18: nothing is sent to %j, and it is visible why', async (email) => {
    const { id } = await queueConfirmed(pool, { email })
    const other = await queueConfirmed(pool)
    expect(await drainOutbox()).toMatchObject({ sent: 1, dead: 1 })
    expect(await readNotice(pool, id)).toMatchObject({
      state: 'DEAD',
      lastError: 'not a plain address',
    })
    expect(inbox.listMails().map((mail) => mail.recipients)).toEqual([[other.recipient]])
  })
})
