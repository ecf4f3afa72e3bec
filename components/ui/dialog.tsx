'use client'

import clsx from 'clsx'
import { type ReactNode, useEffect, useId, useRef } from 'react'
import { CrossIcon } from './icons'

/**
 * The browser's own modal dialog: it keeps the focus inside, gives it back, and closes by Escape.
 * A sheet from below on a phone, a card in the middle elsewhere.
 */
export function Dialog({
  isOpen,
  onClose,
  title,
  closeLabel,
  canClose = true,
  isWide = false,
  children,
}: {
  isOpen: boolean
  onClose: () => void
  /** Empty only while it is closed. */
  title: ReactNode
  closeLabel: string
  /** False while an act runs whose outcome must not be missed. */
  canClose?: boolean
  isWide?: boolean
  children: ReactNode
}) {
  const dialog = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  useEffect(() => {
    const element = dialog.current
    if (!element || element.open === isOpen) return
    if (isOpen) element.showModal()
    else element.close()
  }, [isOpen])
  const closeIfAllowed = () => {
    if (canClose) onClose()
  }
  return (
    // The browser closes it by Escape; a click beside it is an extra for pointer users.
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape does the same, through onCancel
    <dialog
      ref={dialog}
      aria-labelledby={title ? titleId : undefined}
      onCancel={(event) => {
        event.preventDefault()
        closeIfAllowed()
      }}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === dialog.current) closeIfAllowed()
      }}
      className={clsx(
        // It may stand in a bar that lets touches through.
        'pointer-events-auto',
        'sheet m-0 mt-auto max-h-[92dvh] w-full max-w-none overflow-y-auto rounded-t-card border border-line bg-raised p-0 text-start text-ink',
        'md:m-auto md:rounded-card',
        isWide ? 'md:max-w-page' : 'md:max-w-task',
      )}
    >
      <div className="flex flex-col gap-4 p-5 pb-8 md:pb-5">
        <div className="flex items-start justify-between gap-4">
          {title && (
            <h2 id={titleId} className="text-20 leading-tight font-bold">
              {title}
            </h2>
          )}
          {canClose && (
            <button
              type="button"
              onClick={onClose}
              aria-label={closeLabel}
              className="-mt-3 -mr-3 grid size-12 shrink-0 place-items-center rounded-full text-quiet -outline-offset-4 hover:text-ink"
            >
              <CrossIcon />
            </button>
          )}
        </div>
        {children}
      </div>
    </dialog>
  )
}
