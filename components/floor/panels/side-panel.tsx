'use client'

import { type ReactNode, useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import { BoardBars } from '@/components/floor/state/board-bars'
import { useBoardControls } from '@/components/floor/state/board-context'
import { useWords } from '@/components/floor/words/use-words'
import { CrossIcon } from '@/components/ui/icons'

/** From this width on, the board stays visible and usable beside the panel, or above it. */
const BESIDE = '(min-width: 768px)'

/**
 * The browser's own dialog: in place of the lists where there is room beside the tables, below both
 * on an upright tablet, over them on a phone. Escape closes it, and the focus returns to where it was.
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
      className="sheet fixed inset-0 z-30 m-0 h-dvh max-h-none w-full max-w-none flex-col border-line bg-raised p-0 text-ink open:flex md:static md:border-t md:max-lg:h-auto md:max-lg:max-h-[55%] md:max-lg:shrink-0 lg:h-full lg:overflow-hidden lg:rounded-small lg:border lg:[grid-area:side]"
    >
      {/* Words for screen readers alone stay inside it; placed by the page, they would lengthen that. */}
      <div className="relative min-h-0 grow overflow-y-auto has-[[data-stays-below]]:scroll-pb-40">
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
        </div>
      </div>
      {/* The undo stays in reach when the panel covers the page. */}
      {isCovering && (
        <div className="max-h-[45dvh] shrink-0 overflow-y-auto px-4 not-empty:py-2">
          <BoardBars />
        </div>
      )}
    </dialog>
  )
}
