import type { ReactNode } from 'react'

/**
 * The frame of a line drawing of 20 px. All are decorative; the word beside each says the same. A
 * page loads a file whole, so the drawings are grouped by where they are needed.
 */
export function Icon({ children }: { children: ReactNode }) {
  return (
    <svg
      viewBox="0 0 20 20"
      width="20"
      height="20"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      className="shrink-0"
    >
      {children}
    </svg>
  )
}
