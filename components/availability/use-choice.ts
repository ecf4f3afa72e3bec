'use client'

import { useEffect, useState } from 'react'

export type Choice = {
  partySize: number
  /** Null: the restaurant's today, even after it changes. */
  date: string | null
  /** The instant whose sheet is open, or null. */
  startsAt: string | null
}
const DATE = /^\d{4}-\d\d-\d\d$/

/** The address of a choice, for returning after signing in or switching language. */
export function writeChoice({ partySize, date, startsAt }: Choice): string {
  const query = new URLSearchParams({ party: String(partySize) })
  if (date) query.set('date', date)
  if (startsAt) query.set('time', startsAt)
  return `?${query}`
}

function readChoice(search: string, first: Choice): Choice {
  const query = new URLSearchParams(search)
  const party = Number(query.get('party'))
  const date = query.get('date') ?? ''
  const time = Date.parse(query.get('time') ?? '')
  return {
    partySize: Number.isInteger(party) && party > 0 ? party : first.partySize,
    date: DATE.test(date) ? date : null,
    startsAt: Number.isNaN(time) ? null : new Date(time).toISOString(),
  }
}

/**
 * Keeps the choice in the address. The cached page is the same for every visitor, so the choice is
 * read after the first paint.
 */
export function useChoice({ minParty, maxParty }: { minParty: number; maxParty: number }) {
  const clamp = (size: number) => Math.min(Math.max(size, minParty), maxParty)
  const first: Choice = { partySize: clamp(2), date: null, startsAt: null }
  const [choice, setChoice] = useState(first)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the address is read once
  useEffect(() => {
    if (!window.location.search) return
    const read = readChoice(window.location.search, first)
    setChoice({ ...read, partySize: clamp(read.partySize) })
  }, [])
  const choose = (change: Partial<Choice>) => {
    const next = { ...choice, ...change }
    setChoice(next)
    window.history.replaceState(null, '', writeChoice({ ...next, startsAt: null }))
  }
  return { choice, choose }
}
