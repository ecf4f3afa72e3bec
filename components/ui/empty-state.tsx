import type { ReactNode } from 'react'
import { BowlMark } from './bowl-mark'

/** Nothing here, said kindly, with the way on. */
export function EmptyState({
  title,
  heading: Heading = 'p',
  children,
}: {
  title: ReactNode
  /** `h1` where this is all of the page. */
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
