'use client'

import { type ReactNode, useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import { BoardBars } from '@/components/floor/state/board-bars'
import { useBoardControls } from '@/components/floor/state/board-context'
import { useWords } from '@/components/floor/words/use-words'
import { CrossIcon } from '@/components/ui/icons'

/** From this width on, the board stays visible and usable beside the panel. */
const BESIDE = '(min-width: 768px)'

/**
 * The browser's own dialog: beside the board where there is room for both, below it on an upright
 * tablet, over it on a phone. Escape closes it, and the focus returns to where it was.
 */
export function SidePanel({ title, children }: { title: ReactNode; children: ReactNode }) {
  const { words } = useWords()
  const { closePanel } = useBoardControls()
  const dialog = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  const [isCovering, setIsCovering] = useState(false)
  useLayoutEffect(() => {
    const element = dialog.current
    const isBeside = window.matchMedia(BESIDE).matches
    setIsCovering(!isBeside)
    if (isBeside) element?.show()
    else element?.showModal()
    return () => element?.close()
  }, [])
  useEffect(() => {
    // The browser does not close a non-modal dialog by Escape.
    const close = (event: KeyboardEvent) => event.key === 'Escape' && closePanel()
    document.addEventListener('keydown', close)
    return () => document.removeEventListener('keydown', close)
  }, [closePanel])
  return (
    <dialog
      ref={dialog}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault()
        closePanel()
      }}
      className="sheet fixed inset-0 z-30 m-0 h-dvh max-h-none w-full max-w-none overflow-y-auto border-line bg-raised p-0 text-ink md:max-lg:top-auto md:max-lg:h-auto md:max-lg:max-h-[60dvh] md:max-lg:border-t lg:left-auto lg:w-105 lg:border-l lg:group-data-[hand=left]/board:right-auto lg:group-data-[hand=left]/board:left-0 lg:group-data-[hand=left]/board:border-r lg:group-data-[hand=left]/board:border-l-0"
    >
      <div className="flex min-h-full flex-col gap-5 p-5">
        <div className="flex items-start justify-between gap-4">
          <h2 id={titleId} className="text-28 leading-tight font-bold">
            {title}
          </h2>
          <button
            type="button"
            onClick={closePanel}
            aria-label={words.party.close}
            className="-mt-4 -mr-4 grid size-16 shrink-0 place-items-center rounded-full text-quiet -outline-offset-4 hover:text-ink"
          >
            <CrossIcon />
          </button>
        </div>
        {children}
        {/* The undo stays in reach when the panel covers the page. */}
        {isCovering && (
          <div className="mt-auto">
            <BoardBars />
          </div>
        )}
      </div>
    </dialog>
  )
}
