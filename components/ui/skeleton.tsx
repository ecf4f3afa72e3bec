import clsx from 'clsx'

/** Where something is coming, in the size it will have. Said once to screen readers by its parent. */
export function Skeleton({ className }: { className: string }) {
  return (
    <span
      aria-hidden="true"
      className={clsx('block animate-breathe rounded-small bg-line', className)}
    />
  )
}
