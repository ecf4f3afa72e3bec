import { describe, expect, it } from 'vitest'
import { createSightings } from './session.rules'

describe('G24: a session found to go on', () => {
  it('is believed for less than a minute, from the instant it was asked about', () => {
    const sightings = createSightings()
    expect(sightings.has('a', 1_000)).toBe(false)
    sightings.note('a', 1_000)
    expect(sightings.has('a', 1_000)).toBe(true)
    expect(sightings.has('a', 50_999)).toBe(true)
    expect(sightings.has('a', 51_000)).toBe(false)
    expect(sightings.has('b', 1_000)).toBe(false)
  })

  it('takes a bounded room for any browser', () => {
    const sightings = createSightings()
    for (let id = 0; id < 120_000; id++) sightings.note(String(id), 1_000)
    expect(sightings.has('0', 1_000)).toBe(false)
    expect(sightings.has('119999', 1_000)).toBe(true)
  })
})
