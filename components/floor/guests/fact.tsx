import type { ReactNode } from 'react'

/** One name and value in a panel's list. */
export function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex gap-4 border-t border-line py-3">
      <dt className="w-18 shrink-0 text-quiet">{label}</dt>
      <dd className="min-w-0 grow font-medium tabular-nums">{children}</dd>
    </div>
  )
}
