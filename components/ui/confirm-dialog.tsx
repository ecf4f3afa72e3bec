'use client'

import type { ReactNode } from 'react'
import { Button } from './button'
import { Dialog } from './dialog'
import { StatusMessage } from './status-message'

/** Asks before an act that is hard to undo: its consequences, and both ways out. */
export function ConfirmDialog({
  isOpen,
  title,
  children,
  confirm,
  cancel,
  closeLabel,
  tone = 'danger',
  isRunning,
  refusal,
  onConfirm,
  onClose,
}: {
  isOpen: boolean
  title: ReactNode
  /** The consequences. */
  children: ReactNode
  confirm: string
  cancel: string
  closeLabel: string
  tone?: 'danger' | 'main'
  isRunning: boolean
  /** The words for the last try's refusal. */
  refusal?: string | undefined
  onConfirm: () => void
  onClose: () => void
}) {
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title={title}
      closeLabel={closeLabel}
      canClose={!isRunning}
    >
      <p>{children}</p>
      <div role="status" className="empty:hidden">
        {refusal && <StatusMessage tone="refusal" title={refusal} />}
      </div>
      <div className="flex flex-col gap-2">
        <Button tone={tone} size="large" isWide disabled={isRunning} onClick={onConfirm}>
          {confirm}
        </Button>
        <Button tone="outline" size="large" isWide disabled={isRunning} onClick={onClose}>
          {cancel}
        </Button>
      </div>
    </Dialog>
  )
}
