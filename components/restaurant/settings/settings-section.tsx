import type { ReactNode } from 'react'

/**
 * One section of a settings page, with its explanation beside it, or above it on a narrow screen.
 */
export function SettingsSection({
  id,
  title,
  lead,
  children,
}: {
  id: string
  title: string
  lead?: ReactNode
  children: ReactNode
}) {
  return (
    <section
      aria-labelledby={id}
      className="grid gap-x-12 gap-y-5 border-t border-line pt-8 lg:grid-cols-[300px_minmax(0,560px)]"
    >
      <div className="flex flex-col gap-2">
        <h2 id={id} className="text-20 font-bold">
          {title}
        </h2>
        {lead && <p className="text-quiet">{lead}</p>}
      </div>
      <div className="min-w-0">{children}</div>
    </section>
  )
}
