'use client'

import { styleButton } from '@/components/ui/button'
import { takeReturnPath } from './after-sign-up'

/** On to where somebody was before they signed up in this browser, or else to `otherwise`. */
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
