'use client'

import { Failure } from '@/components/ui/failure'

/** The server has logged what it was; the person needs the way on. */
export default function ErrorPage({ retry }: { retry: () => void }) {
  return <Failure retry={retry} />
}
