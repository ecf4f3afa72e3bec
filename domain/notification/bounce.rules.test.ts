import { describe, expect, it } from 'vitest'
import { readReports } from './bounce.rules'

const id = '0b0e7c1e-6c1c-4b53-9d6c-0a5c3f6f2f10'
const bounce = { address: 'a@b.test', kind: 'BOUNCE', reason: '550 no such user', noticeId: null }
const own = { ...bounce, noticeId: id }
const complaint = { ...bounce, kind: 'COMPLAINT', reason: 'no reason given' }
const ses = (message: object) => ({ Type: 'Notification', Message: JSON.stringify(message) })
const permanent = {
  bounceType: 'Permanent',
  bouncedRecipients: [{ emailAddress: 'A@b.test', diagnosticCode: '550 no such user' }],
}
const mailgun = (data: object) => ({
  'event-data': {
    event: 'failed',
    severity: 'permanent',
    recipient: 'a@b.test',
    'delivery-status': { message: '550 no such user' },
    ...data,
  },
})

describe('what providers report', () => {
  it.each([
    [
      'Resend',
      {
        type: 'email.bounced',
        data: { to: ['a@b.test'], bounce: { type: 'Permanent', message: '550 no such user' } },
      },
      bounce,
    ],
    ['Resend, spam', { type: 'email.complained', data: { to: ['a@b.test'] } }, complaint],
    [
      'Postmark',
      {
        RecordType: 'Bounce',
        Type: 'HardBounce',
        Email: 'a@b.test',
        Description: '550 no such user',
      },
      bounce,
    ],
    [
      'SendGrid',
      [
        { event: 'delivered', email: 'c@d.test' },
        {
          event: 'bounce',
          type: 'bounce',
          email: 'a@b.test',
          reason: '550\r\nno such user',
          'smtp-id': `<notice-${id}@bobjool.test>`,
        },
      ],
      own,
    ],
    [
      'Mailgun',
      mailgun({ message: { headers: { 'message-id': `notice-${id}@bobjool.test` } } }),
      own,
    ],
    ['Amazon SES', ses({ notificationType: 'Bounce', bounce: permanent }), bounce],
  ])('%s', (_, given, expected) => expect(readReports(given)).toEqual([expected]))

  it.each([
    [
      'Resend',
      { type: 'email.bounced', data: { to: ['a@b.test'], bounce: { type: 'Transient' } } },
    ],
    ['Postmark', { RecordType: 'Bounce', Type: 'SoftBounce', Email: 'a@b.test' }],
    ['SendGrid', [{ event: 'bounce', type: 'blocked', email: 'a@b.test' }]],
    ['Mailgun', mailgun({ severity: 'temporary' })],
    ['Amazon SES', ses({ bounce: { ...permanent, bounceType: 'Transient' } })],
    ['an address that is none', mailgun({ recipient: '"a@x"@y' })],
  ])('%s: mail that may still arrive is ignored', (_, given) =>
    expect(readReports(given)).toEqual([]),
  )

  it.each([null, {}, 'x', 7, { type: 'email.sent' }, { Type: 'Notification', Message: '{' }])(
    '%j is not a report',
    (given) => expect(readReports(given)).toBeNull(),
  )
})
