import { after as afterFramework } from 'next/server'
import { followDirectly } from './direct'
import { findResponse } from './raw-response'

/** Does work once the request's answer has gone out, served by the framework or in front of it. */
export function after(work: () => unknown): void {
  const response = findResponse()
  if (!response || !followDirectly(response, work)) afterFramework(work)
}
