'use client'

import { styleButton } from '@/components/ui/button'
import type { Errand } from '@/domain/identity/link.schema'
import { restoreTexts } from './errand'

/** Continues to the page on which the visitor asked for the mail, with what they typed there. */
export function GoOn({ errand, children }: { errand: Errand; children: string }) {
  return (
    <a
      href={errand.returnPath}
      onClick={() => restoreTexts(errand)}
      className={styleButton({ size: 'large', isWide: true })}
    >
      {children}
    </a>
  )
}
