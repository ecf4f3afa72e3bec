import clsx from 'clsx'
import type { GuestTag } from '@/domain/guest/entry.schema'

const colors: Record<GuestTag['color'], string> = {
  ACCENT: 'border-accent text-accent',
  GREEN: 'border-confirmed text-confirmed',
  AMBER: 'border-waiting text-waiting',
  GREY: 'border-quiet text-quiet',
}

/** A guest's tags as words in frames; their colour only helps. */
export function GuestTags({ tags }: { tags: GuestTag[] }) {
  return tags.map(({ name, color }) => (
    <span
      key={name}
      className={clsx(
        'rounded-small border px-1.5 text-15 font-semibold whitespace-nowrap',
        colors[color],
      )}
    >
      {name}
    </span>
  ))
}
