'use client'

import { useSyncExternalStore } from 'react'

function watchConnection(tell: () => void) {
  window.addEventListener('online', tell)
  window.addEventListener('offline', tell)
  return () => {
    window.removeEventListener('online', tell)
    window.removeEventListener('offline', tell)
  }
}

export function useIsOffline(): boolean {
  return useSyncExternalStore(
    watchConnection,
    () => !navigator.onLine,
    () => false,
  )
}

/**
 * Stays at the bottom of the screen while there is no network, without moving the page. Pages that
 * explain the outage themselves do not show it.
 */
export function OfflineNotice({ text }: { text: string }) {
  const isOffline = useIsOffline()
  return (
    <div
      role="status"
      className="pointer-events-none fixed inset-x-0 bottom-0 z-10 p-4 [body:has(main[data-board],[data-tells-offline])_&]:hidden"
    >
      {isOffline && (
        <p className="mx-auto max-w-task rounded-card border-2 border-dashed border-waiting bg-raised p-4 text-15 font-medium">
          {text}
        </p>
      )}
    </div>
  )
}
