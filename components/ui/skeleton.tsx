import clsx from 'clsx'

/** A placeholder in the size of the coming content. Its parent announces the loading once. */
export function Skeleton({ className }: { className: string }) {
  return (
    <span
      aria-hidden="true"
      className={clsx('block animate-breathe rounded-small bg-line', className)}
    />
  )
}
