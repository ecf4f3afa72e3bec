'use client'

import { createContext, type ReactNode, use, useEffect, useRef, useState } from 'react'
import { StatusMessage } from '@/components/ui/status-message'

const News = createContext<(said: string) => void>(() => {})

/** Reports the latest act at the top of the page, since the affected row may be gone. */
export function useNews(): (said: string) => void {
  return use(News)
}

export function NewsFrame({ children }: { children: ReactNode }) {
  const [news, setNews] = useState<{ said: string; count: number } | null>(null)
  const place = useRef<HTMLDivElement>(null)
  // The pressed button may be gone, so keyboard focus moves to the report.
  useEffect(() => {
    if (news) place.current?.focus()
  }, [news])
  return (
    <News value={(said) => setNews((before) => ({ said, count: (before?.count ?? 0) + 1 }))}>
      <div ref={place} tabIndex={-1} role="status" className="outline-none empty:hidden">
        {news && <StatusMessage key={news.count} tone="confirmed" title={news.said} />}
      </div>
      {children}
    </News>
  )
}
