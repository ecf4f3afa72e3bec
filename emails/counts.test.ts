import { describe, expect, it } from 'vitest'
import { mailKinds } from '@/domain/notification/types'
import { composeNotice } from './notice-mails'
import { samples } from './samples'

const list = (count: number) => {
  const [party] = [samples.DAY_SHEET.reservations].flat()
  return Array.from({ length: count }, () => ({
    ...Object(party),
    partySize: count,
    tableNumbers: Array.from({ length: count }, (_, index) => index + 5),
  }))
}

/** Whatever a mail counts, as many as that. */
const countsOf = (count: number) => ({
  partySize: count,
  quote: { fromMinutes: 0, toMinutes: count },
  reservations: list(count),
  reservationCount: count,
  guestCount: count,
})

async function write({ kind, count }: { kind: keyof typeof samples; count: number }) {
  const sample = samples[kind]
  const counts = Object.entries(countsOf(count)).filter(
    ([name]) => name in sample && sample[name] !== null,
  )
  const composed = await composeNotice({
    kind,
    locale: 'en',
    payload: { ...sample, ...Object.fromEntries(counts) },
    queuedAt: new Date('2026-11-22T01:02:14Z'),
    appUrl: 'https://bobjool.example',
    sender: { name: '밥줄', address: 'no-reply@bobjool.example', domain: 'bobjool.example' },
    sealLink: ({ id }) => `sealed-${id}`,
  })
  if (!composed.ok) throw new Error(`${kind}: ${composed.reason} ${composed.detail}`)
  return `${composed.mail.subject}\n${composed.mail.text}`
}

const NOUNS = 'booking guest minute party person table time'.split(' ')
const findSlips = (text: string) => [
  ...(text.match(/\b1 (bookings|guests|minutes|parties|people|tables|times|more times)\b/g) ?? []),
  ...(text.match(new RegExp(`\\b[02] (${NOUNS.join('|')})\\b`, 'g')) ?? []),
  ...(text.match(/\btable \d+, \d+/g) ?? []),
  ...(text.match(/\btables \d+(?!\d*,)/g) ?? []),
]

describe('plurals: a mail in English', () => {
  it.each([1, 2])('counts %i of anything in its right form', async (count) => {
    for (const kind of mailKinds) expect(findSlips(await write({ kind, count })), kind).toEqual([])
  })

  it('says nothing of none', async () => {
    const text = await write({ kind: 'DAY_SHEET', count: 0 })
    expect(text).toContain('no bookings yet')
    expect(findSlips(text.replaceAll('Today: 0 bookings, 0 guests', ''))).toEqual([])
  })

  it('is one guest at one table in the sheet of the day', async () => {
    expect(await write({ kind: 'DAY_SHEET', count: 1 })).toMatch(/1 booking, 1 guest\b/)
    const two = await write({ kind: 'DAY_SHEET', count: 2 })
    expect(two).toMatch(/2 bookings, 2 guests/)
    expect(two).toContain('tables 5, 6')
  })
})
