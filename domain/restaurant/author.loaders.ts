import { readLiveVisitor, readOwnVisitor, readPageVisitor } from '@/domain/identity/loaders'
import { readLink } from '@/lib/crypto/link-token'
import { readAsker } from '@/lib/http/api'
import type { ApiRequest } from '@/lib/http/api-request'
import { type VisitorRefusal, visitorRefusals } from '@/lib/http/contract'
import { ACTED_AT, AUTHOR, authorHeaders } from '@/lib/http/headers'
import { readTrustedAddress, type Visitor, type VisitorReader } from '@/lib/http/session'
import { type Result, refuse, succeed } from '@/lib/problems/result'
import { noteAsker, noteTablet } from '@/lib/request-context'
import { findAuthor, type TabletSession } from './author.commands'
import { listAuthors } from './author.queries'
import type { SharedTablet } from './pin.schema'

/** On a shared tablet a PIN stands for the proof that its own person would have to give. */
const readAtTablet: VisitorReader = async (head) => {
  const visitor = await readLiveVisitor(head)
  return visitor && { ...visitor, awaitsProof: null }
}

/** Null: it was not sent, or is no instant. */
function readActedAt(headers: Headers): Date | null {
  const given = Date.parse(headers.get(ACTED_AT) ?? '')
  return Number.isNaN(given) ? null : new Date(given)
}

type AuthorRefusal = VisitorRefusal | 'author-needed' | 'author-ended'

/**
 * Who acts for a restaurant: the visitor, or on a shared tablet the author whose token comes with the
 * request. Refuses `author-needed` without one, with one that is not ours or of another tablet, and
 * after too long without an act; `author-ended` when its person may not act any more.
 */
async function readStaffActor({
  request,
}: {
  request: ApiRequest
}): Promise<Result<Visitor, AuthorRefusal>> {
  const asker = await readAsker({ request, reader: readAtTablet })
  if (!asker.ok) return asker
  const { isShared, sessionId, by, endsAt } = asker.value
  if (!isShared || sessionId === null || request.method === 'GET') return asker
  const token = request.headers.get(AUTHOR)
  const id = token === null ? null : readLink({ kind: 'author', token })
  if (id === null) return refuse('author-needed')
  const found = await findAuthor({ id, sessionId, actedAt: readActedAt(request.headers) })
  if (!found) return refuse('author-ended')
  const { isFresh, restaurantId, ...claims } = found
  if (!isFresh) return refuse('author-needed')
  noteAsker(claims.accountId)
  noteTablet({ sessionId, restaurantId })
  // The session is the tablet's: its author has none here.
  const own = { sessionId: null, awaitsApproval: false, awaitsPasskey: false, awaitsProof: null }
  return succeed({ ...claims, ...own, by, endsAt, isShared })
}

/** For every act of staff on the board. */
export const staffActor = {
  read: readStaffActor,
  refusals: [...visitorRefusals, 'author-needed', 'author-ended'],
  headers: authorHeaders,
} as const

/** Who acts on a reservation: its diner, or staff. */
export const actorIn = (scope: string) => (scope === 'diner' ? readOwnVisitor : staffActor)

/** The session at which a PIN is given, which its transactions name. */
async function readTabletSession({
  request,
}: {
  request: ApiRequest
}): Promise<Result<TabletSession, VisitorRefusal | 'not-shared'>> {
  const asker = await readAsker({ request, reader: readAtTablet })
  if (!asker.ok) return asker
  const { accountId, sessionId, isShared } = asker.value
  if (!isShared || sessionId === null) return refuse('not-shared')
  noteTablet({ sessionId, restaurantId: null })
  return succeed({ accountId, sessionId, address: readTrustedAddress(request.headers) })
}

export const tabletSession = {
  read: readTabletSession,
  refusals: [...visitorRefusals, 'not-shared'],
} as const

/** What the board of a shared tablet needs. Null: the page's visitor is on a device of their own. */
export async function loadSharedTablet(restaurantId: string): Promise<SharedTablet | null> {
  const visitor = await readPageVisitor()
  return visitor?.isShared ? listAuthors(restaurantId) : null
}
