import clsx from 'clsx'
import type { ReactNode } from 'react'

/** Facts under their names; null ones are left out. */
export function Facts({ facts }: { facts: [string, ReactNode][] }) {
  return (
    <dl className="grid gap-x-8 gap-y-3 rounded-card border border-line bg-raised p-4 md:grid-cols-2">
      {facts
        .filter(([, value]) => value !== null)
        .map(([name, value]) => (
          <div key={name} className="flex min-w-0 flex-col">
            <dt className="text-15 text-quiet">{name}</dt>
            <dd className="font-medium">{value}</dd>
          </div>
        ))}
    </dl>
  )
}

/** Numbers readable from a distance. */
export function Figures({ figures }: { figures: [string, ReactNode, ReactNode?][] }) {
  return (
    <dl className="grid grid-cols-2 gap-3 md:grid-cols-4">
      {figures.map(([name, value, more]) => (
        <div key={name} className="flex flex-col rounded-card border border-line bg-raised p-4">
          <dt className="text-15 text-quiet">{name}</dt>
          <dd className="text-28 leading-tight font-bold tabular-nums">{value}</dd>
          {more && <dd className="text-15 text-quiet">{more}</dd>}
        </div>
      ))}
    </dl>
  )
}

const tones = {
  confirmed: 'border-confirmed text-confirmed',
  waiting: 'border-dashed border-waiting text-waiting',
  refusal: 'border-refusal text-refusal',
  quiet: 'border-line text-quiet',
}
export type MarkTone = keyof typeof tones

/** A state in a word; shape and colour only help. */
export function Mark({ tone, children }: { tone: MarkTone; children: ReactNode }) {
  return (
    <span
      className={clsx(
        'rounded-full border px-2.5 text-15 font-medium whitespace-nowrap',
        tones[tone],
      )}
    >
      {children}
    </span>
  )
}

/** A section of a page under its own heading. */
export function Part({
  id,
  title,
  lead,
  action,
  children,
}: {
  id: string
  title: ReactNode
  lead?: ReactNode
  action?: ReactNode
  children: ReactNode
}) {
  return (
    <section aria-labelledby={id} className="flex flex-col gap-3">
      <div className="flex flex-wrap items-end justify-between gap-x-4">
        <div>
          <h2 id={id} className="text-20 font-bold">
            {title}
          </h2>
          {lead && <p className="text-15 text-quiet">{lead}</p>}
        </div>
        {action}
      </div>
      {children}
    </section>
  )
}
