/** A bowl of rice on the edge of a table. Decorative, because the name stands beside it. */
export function BowlMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 40 40" aria-hidden="true" className={className} width="40" height="40">
      <path
        d="M9 20c0-6.6 4.9-11 11-11s11 4.4 11 11"
        className="fill-raised stroke-quiet"
        strokeWidth="1.5"
      />
      <path
        d="M15.5 15.2l1.6-1M21.2 13.6l1.8.6M18.6 17.4l1.9-.3M24.6 16.9l1.5 1"
        className="stroke-quiet"
        strokeWidth="1.5"
        strokeLinecap="round"
      />
      <path
        d="M4.5 19.5h31c0 7.2-4 12.2-9.3 14.1V36H13.8v-2.4C8.5 31.7 4.5 26.7 4.5 19.500Z"
        className="fill-accent"
      />
      <path d="M2 37.500h36" className="stroke-quiet" strokeWidth="2" strokeLinecap="round" />
    </svg>
  )
}
