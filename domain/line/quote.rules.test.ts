import { expect, test } from 'vitest'
import { foreseeCall, pickQuote } from './quote.rules'

const takenAt = '2026-01-01T12:00:00.000Z'

test('the wait depends on the size of the party, and is not shown after a postponement', () => {
  const quote = { fromMinutes: 10, toMinutes: 25 }
  const quotes = [
    { maxParty: 2, quote: null },
    { maxParty: null, quote },
  ]
  expect(pickQuote({ quotes, partySize: 2 })).toBeNull()
  expect(pickQuote({ quotes, partySize: 3 })).toEqual(quote)
  expect(pickQuote({ quotes: [], partySize: 3 })).toBeNull()
  const told = { quote, takenAt, postponements: 0 }
  const takenMs = Date.parse(takenAt)
  expect(foreseeCall(told)).toEqual({ fromMs: takenMs + 600_000, toMs: takenMs + 1_500_000 })
  expect(foreseeCall({ ...told, postponements: 1 })).toBeNull()
  expect(foreseeCall({ ...told, quote: null })).toBeNull()
})
