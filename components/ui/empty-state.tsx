import type { ReactNode } from 'react'
import { BowlMark } from './bowl-mark'

/** An empty list, with a friendly word and a next step. */
export function EmptyState({
  title,
  heading: Heading = 'p',
  children,
}: {
  title: ReactNode
  /** `h1` where this is the whole page. */
  heading?: 'h1' | 'p'
  children?: ReactNode
}) {
  return (
    <div className="flex flex-col items-center gap-4 rounded-card border border-dashed border-line px-6 py-12 text-center">
      <BowlMark className="size-16 opacity-80" />
      <Heading className="text-20 font-semibold">{title}</Heading>
      {children}
    </div>
  )
}
