/** How much of a long work is done, in the product's own colours. */
export function ProgressBar({ label, done, all }: { label: string; done: number; all: number }) {
  return (
    <progress
      aria-label={label}
      value={done}
      max={all}
      className="h-2 w-full appearance-none overflow-hidden rounded-full border-0 bg-line [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-line [&::-webkit-progress-value]:bg-accent"
    />
  )
}
