'use client'

import { notFound, useServerInsertedHTML } from 'next/navigation'
import type { ReactNode } from 'react'

/**
 * Ends a page with status 404. Next answers that with an empty body, which its script fills with the
 * nearest `not-found`. The children stand in it before: they are the first paint, and all that a
 * visitor without scripts or a crawler reads. The document has no stylesheet at that time.
 */
export function MissingDocument({ children }: { children: ReactNode }): never {
  // Next asks before each part of the document: first for the head, where no heading may stand.
  let asked = 0
  useServerInsertedHTML(() => {
    asked += 1
    return asked === 2 ? children : null
  })
  notFound()
}
