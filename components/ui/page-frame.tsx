import clsx from 'clsx'
import type { ReactNode } from 'react'

const widths = { task: 'max-w-task', page: 'max-w-page', full: 'max-w-none' }

/**
 * The main part of a page: one column for a task, a wide page to browse, or the whole screen. It
 * fills the screen below the header, so that what is still loading never moves the footer in view.
 */
export function PageFrame({
  width = 'page',
  className,
  children,
}: {
  width?: keyof typeof widths
  className?: string
  children: ReactNode
}) {
  return (
    <main
      id="content"
      tabIndex={-1}
      className={clsx(
        'mx-auto flex min-h-[calc(100dvh-65px)] w-full grow flex-col gap-6 px-4 pt-6 pb-16 outline-none md:px-6 md:pt-10 print:min-h-0 print:pt-0 print:pb-0',
        widths[width],
        className,
      )}
    >
      {children}
    </main>
  )
}

export function PageTitle({ children, lead }: { children: ReactNode; lead?: ReactNode }) {
  return (
    <header className="flex flex-col gap-1">
      <h1 className="text-28 leading-tight font-bold">{children}</h1>
      {lead && <p className="text-quiet">{lead}</p>}
    </header>
  )
}
