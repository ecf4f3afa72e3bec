import { readSignUp } from '@/lib/http/sign-up-cookie'
import { findLink } from './link.queries'
import { decideVisit } from './link.rules'
import type { LinkVisit } from './link-visit.types'
import { readPageVisitor } from './loaders'

/** What to show to whoever opened a link in this browser. */
export async function loadLinkVisit(token: string): Promise<LinkVisit> {
  const [link, visitor, signUpId] = await Promise.all([
    findLink(token),
    readPageVisitor(),
    readSignUp(),
  ])
  return link ? decideVisit({ link, visitor, signUpId }) : { view: 'unknown' }
}
