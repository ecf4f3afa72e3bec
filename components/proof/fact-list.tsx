import type { ReactNode } from 'react'

/** A heading with facts: names left and values right, or one below the other on a phone. */
export function FactSection({
  id,
  title,
  children,
}: {
  id: string
  title: string
  children: ReactNode
}) {
  return (
    <section aria-labelledby={id} className="flex flex-col gap-3">
      <h2 id={id} className="text-20 font-bold">
        {title}
      </h2>
      {children}
    </section>
  )
}

export function FactList({ facts }: { facts: [name: string, value: ReactNode][] }) {
  return (
    <dl className="grid gap-x-6 gap-y-2 rounded-card border border-line bg-raised p-4 md:grid-cols-[minmax(160px,auto)_1fr] md:p-5">
      {facts.map(([name, value]) => (
        <div key={name} className="md:col-span-2 md:grid md:grid-cols-subgrid">
          <dt className="text-15 text-quiet md:text-17">{name}</dt>
          <dd className="min-w-0 break-all tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Facts for machines, folded away: a reader comes for the sentence, a checker opens them. */
export function FoldedFacts({
  title,
  facts,
}: {
  title: string
  facts: [name: string, value: ReactNode][]
}) {
  return (
    <details className="group rounded-card border border-line">
      <summary className="flex min-h-12 cursor-pointer list-none items-center justify-between px-4 font-semibold">
        {title}
        <span
          aria-hidden="true"
          className="text-20 text-quiet transition-transform group-open:rotate-90"
        >
          ›
        </span>
      </summary>
      <div className="p-2 pt-0">
        <FactList facts={facts} />
      </div>
    </details>
  )
}

/** Text for machines only: small, and broken wherever the line ends. */
export function HexText({ children }: { children: string }) {
  return <code className="text-15 break-all">{children}</code>
}
