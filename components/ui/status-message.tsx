import clsx from 'clsx'
import type { ReactNode } from 'react'
import { CheckIcon, ClockIcon } from './icons'
import { InfoIcon, WarningIcon } from './message-icons'

export type Tone = 'confirmed' | 'waiting' | 'refusal' | 'quiet'

const looks = {
  confirmed: { Icon: CheckIcon, frame: 'border-confirmed', mark: 'text-confirmed' },
  waiting: { Icon: ClockIcon, frame: 'border-dashed border-waiting', mark: 'text-waiting' },
  refusal: { Icon: WarningIcon, frame: 'border-refusal', mark: 'text-refusal' },
  quiet: { Icon: InfoIcon, frame: 'border-line', mark: 'text-quiet' },
}

/** An event or state in words and a shape; colour only helps. */
export function StatusMessage({
  tone,
  title,
  actions,
  children,
}: {
  tone: Tone
  title: ReactNode
  /** Buttons for the next step, in full width. */
  actions?: ReactNode
  children?: ReactNode
}) {
  const { Icon, frame, mark } = looks[tone]
  return (
    <div className={clsx('flex flex-col gap-4 rounded-small border-2 bg-raised p-4', frame)}>
      <div className="flex gap-3">
        <span className={clsx('mt-0.5', mark)}>
          <Icon />
        </span>
        <div className="flex min-w-0 grow flex-col gap-1.5">
          <p className="font-semibold tabular-nums">{title}</p>
          {children}
        </div>
      </div>
      {actions && <div className="flex flex-col gap-2">{actions}</div>}
    </div>
  )
}

/**
 * Announces text that appears in it. A live region must exist beforehand: keep it mounted, empty or
 * not.
 */
export function LiveArea({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <div role="status" aria-live="polite" className={className}>
      {children}
    </div>
  )
}
