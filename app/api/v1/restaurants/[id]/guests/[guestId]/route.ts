import { z } from 'zod'
import { changeGuestEntry } from '@/domain/floor/guest-entry.commands'
import { readGuestEntry } from '@/domain/floor/guest-entry.queries'
import { guestConsent, guestEntry, guestEntryChange } from '@/domain/floor/guest-entry.schema'
import { staffActor } from '@/domain/restaurant/author.loaders'
import { apiRoute, readMatch } from '@/lib/http/api'
import { named } from '@/lib/http/contract'

const params = z.object({ id: z.uuid(), guestId: z.uuid() })
const entry = named('GuestEntry', guestEntry, { GuestConsent: guestConsent })
const sorted = {
  tags: 'by name',
  knownTags: 'by name',
  merged: 'by when they were written down; ties by id',
  'lastVisit.tableNumbers': 'upwards',
}

/** Its ETag is the version that an `If-Match` names. */
const respond = (found: z.output<typeof guestEntry>) =>
  Response.json(found, {
    headers: { 'cache-control': 'private, no-store', etag: `"${found.version}"` },
  })

export const GET = apiRoute({
  operationId: 'readGuest',
  summary:
    'Staff: a guest, with what the restaurant has noted and what its reservations tell. One who is merged is read as the entry.',
  who: staffActor,
  params,
  answers: { 200: entry },
  sorted,
  refusals: ['not-found'],
  answer: async ({ who: { accountId }, params: { id, guestId } }) => {
    const found = await readGuestEntry({ restaurantId: id, guestId, accountId })
    return found.ok ? respond(found.value) : found
  },
})

export const PATCH = apiRoute({
  operationId: 'changeGuest',
  summary:
    'Staff: tags, note, and what the guest can’t or won’t eat, which needs their consent. What is absent stays.',
  who: staffActor,
  params,
  body: named('GuestChange', guestEntryChange),
  headers: {
    'If-Match':
      'The ETag of the guest that is changed: refused if somebody has changed them meanwhile. Without it they are changed whatever they were.',
  },
  answers: { 200: entry },
  sorted,
  refusals: ['not-found', 'already-merged', 'changed-meanwhile', 'consent-needed', 'invalid'],
  answer: async ({
    who: { accountId },
    params: { id: restaurantId, guestId },
    body,
    readHeader,
    address,
  }) => {
    const saved = await changeGuestEntry({
      restaurantId,
      guestId,
      version: readMatch(readHeader('If-Match')),
      change: body,
      actor: { accountId, address },
    })
    return saved.ok ? respond(saved.value) : saved
  },
})
