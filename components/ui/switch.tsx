'use client'

import clsx from 'clsx'
import { type ReactNode, useId } from 'react'
import { useIsReady } from './client/use-is-ready'

/**
 * A setting that takes effect at once, without saving. Its meaning stands beside it; the thumb's
 * position shows the state without colour.
 */
export function Switch({
  label,
  hint,
  isOn,
  isBusy = false,
  onChange,
}: {
  label: ReactNode
  /** The effect of the present state. */
  hint: ReactNode
  isOn: boolean
  /** Pressed, with the answer on its way. */
  isBusy?: boolean
  onChange: (isOn: boolean) => void
}) {
  const id = useId()
  const isReady = useIsReady()
  return (
    <div className="flex items-start justify-between gap-4">
      <div className="flex flex-col gap-1">
        <span id={`${id}-label`} className="font-semibold">
          {label}
        </span>
        <span id={`${id}-hint`} className="text-15 text-quiet">
          {hint}
        </span>
      </div>
      <button
        type="button"
        role="switch"
        // A tap that nothing hears yet would look like a setting that does not work.
        disabled={!isReady}
        aria-checked={isOn}
        aria-labelledby={`${id}-label`}
        aria-describedby={`${id}-hint`}
        aria-busy={isBusy}
        onClick={() => {
          if (!isBusy) onChange(!isOn)
        }}
        className="grid min-h-12 min-w-16 shrink-0 place-items-center rounded-full"
      >
        <span
          aria-hidden="true"
          className={clsx(
            'flex h-9 w-16 items-center rounded-full border-2 p-1 transition-colors',
            isOn ? 'justify-end border-confirmed bg-confirmed' : 'justify-start border-quiet',
            isBusy && 'opacity-60',
          )}
        >
          <span className={clsx('size-6 rounded-full', isOn ? 'bg-raised' : 'bg-quiet')} />
        </span>
      </button>
    </div>
  )
}
