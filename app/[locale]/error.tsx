'use client'

import { Failure } from '@/components/ui/failure'

/** The server has logged the error; the visitor needs a way to continue. */
export default function ErrorPage({ retry }: { retry: () => void }) {
  return <Failure retry={retry} />
}
