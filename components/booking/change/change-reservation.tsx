'use client'

import dynamic from 'next/dynamic'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Skeleton } from '@/components/ui/skeleton'
import { LiveArea, StatusMessage } from '@/components/ui/status-message'
import type { Changing } from './changing'

/** Loaded when it is opened: most reservations are never changed. */
const ChangeForm = dynamic(() => import('./change-form').then((file) => file.ChangeForm), {
  ssr: false,
  loading: () => <Skeleton className="h-72 w-full" />,
})

/** Date, time, size and words, in one dialog; until it is done the present table stays. */
export function ChangeReservation(props: Changing) {
  const [isOpen, setIsOpen] = useState(false)
  const [isDone, setIsDone] = useState(false)
  const [isRunning, setIsRunning] = useState(false)
  const { change: words, sheet } = props.words
  return (
    <>
      <LiveArea className="empty:hidden">
        {isDone && <StatusMessage tone="confirmed" title={words.done} />}
      </LiveArea>
      <Button
        tone="outline"
        isWide
        onClick={() => {
          setIsDone(false)
          setIsOpen(true)
        }}
      >
        {words.open}
      </Button>
      <Dialog
        isOpen={isOpen}
        onClose={() => setIsOpen(false)}
        canClose={!isRunning}
        title={words.title}
        closeLabel={sheet.close}
      >
        {isOpen && (
          <ChangeForm
            {...props}
            onRunning={setIsRunning}
            onDone={() => {
              setIsOpen(false)
              setIsDone(true)
            }}
          />
        )}
      </Dialog>
    </>
  )
}
