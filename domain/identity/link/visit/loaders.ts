import { readSignUp } from '@/lib/sign-up-cookie'
import { readPageVisitor } from '../../loaders'
import { findLink } from '../queries'
import { decideVisit } from '../rules'
import type { LinkVisit } from './types'

/** What to show to whoever opened a link in this browser. */
export async function loadLinkVisit(token: string): Promise<LinkVisit> {
  const [link, visitor, signUpId] = await Promise.all([
    findLink(token),
    readPageVisitor(),
    readSignUp(),
  ])
  return link ? decideVisit({ link, visitor, signUpId }) : { view: 'unknown' }
}
