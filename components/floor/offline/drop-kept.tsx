'use client'

import { useEffect } from 'react'
import { readKeptFor } from '@/components/identity/kept/kept-for'

/** Deletes the board that this browser keeps: its person has lost the right to it. Shows nothing. */
export function DropKept() {
  useEffect(() => {
    if (readKeptFor() === null) return
    import('@/components/identity/kept/kept-store')
      .then(({ dropKept }) => dropKept())
      .catch(() => {})
  }, [])
  return null
}
