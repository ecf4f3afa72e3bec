'use client'

import { styleButton } from '@/components/ui/button'
import { takeReturnPath } from './after-sign-up'

/** Continues to the page the visitor signed up from, or to `otherwise`. */
export function GoOn({ otherwise, children }: { otherwise: string; children: string }) {
  return (
    <a
      href={otherwise}
      onClick={(event) => {
        event.currentTarget.href = takeReturnPath(otherwise)
      }}
      className={styleButton({ size: 'large', isWide: true })}
    >
      {children}
    </a>
  )
}
