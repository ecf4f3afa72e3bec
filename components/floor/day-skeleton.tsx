import { Skeleton } from '@/components/ui/skeleton'

const ROWS = [1, 2, 3, 4, 5, 6, 7, 8]
const SLOTS = [1, 2, 3, 4]
const PARTIES = [1, 2, 3, 4, 5]

/** The board's shape while it loads. */
export function DaySkeleton({ label }: { label: string }) {
  return (
    <main
      id="content"
      data-board
      aria-busy="true"
      className="flex min-h-0 w-full grow flex-col gap-4 overflow-hidden px-4 pt-2 md:px-6"
    >
      <p role="status" className="sr-only">
        {label}
      </p>
      <div className="flex justify-between gap-6">
        <Skeleton className="h-16 w-60" />
        <Skeleton className="h-16 w-60 max-md:hidden" />
      </div>
      <Skeleton className="h-8 w-80 max-w-full" />
      <div className="flex gap-6">
        <div className="flex grow flex-col gap-2 max-lg:hidden">
          {ROWS.map((row) => (
            <div key={row} className="flex gap-1">
              <Skeleton className="h-16 w-16 shrink-0" />
              {SLOTS.map((slot) => (
                <Skeleton key={slot} className="h-16 grow" />
              ))}
            </div>
          ))}
        </div>
        <div className="flex w-full flex-col gap-2 lg:w-95">
          {PARTIES.map((party) => (
            <Skeleton key={party} className="h-20 w-full" />
          ))}
        </div>
      </div>
    </main>
  )
}
