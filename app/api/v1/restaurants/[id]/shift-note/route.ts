import type { z } from 'zod'
import { writeShiftNote } from '@/domain/floor/shift-note.commands'
import { readShiftNote } from '@/domain/floor/shift-note.queries'
import { shiftNote, shiftNoteDraft, shiftNoteQuery } from '@/domain/floor/shift-note.schema'
import { staffActor } from '@/domain/restaurant/author.loaders'
import { apiRoute, idParams, readMatch } from '@/lib/http/api'
import { named } from '@/lib/http/contract'

const note = named('ShiftNote', shiftNote)

/** Its ETag is the version that an `If-Match` names. */
const respond = (found: z.output<typeof shiftNote>) =>
  Response.json(found, {
    headers: { 'cache-control': 'private, no-store', etag: `"${found.version}"` },
  })

export const GET = apiRoute({
  operationId: 'readShiftNote',
  summary: 'Staff: what one shift tells the next about a service date',
  who: staffActor,
  params: idParams,
  query: shiftNoteQuery,
  answers: { 200: note },
  refusals: ['not-found'],
  answer: async ({ who: { accountId }, params, query }) => {
    const read = await readShiftNote({ restaurantId: params.id, accountId, ...query })
    return read.ok ? respond(read.value) : read
  },
})

export const PUT = apiRoute({
  operationId: 'writeShiftNote',
  summary: 'Staff: write it, or erase it with null',
  who: staffActor,
  params: idParams,
  query: shiftNoteQuery,
  body: named('ShiftNoteDraft', shiftNoteDraft),
  headers: {
    'If-Match':
      'The ETag of the note that is replaced: refused if somebody has changed it meanwhile. Without it the note is replaced whatever it was.',
  },
  answers: { 200: note },
  refusals: ['not-found', 'past-date', 'changed-meanwhile'],
  answer: async ({ who: { accountId }, params, query, body, readHeader, address }) => {
    const written = await writeShiftNote({
      restaurantId: params.id,
      ...query,
      version: readMatch(readHeader('If-Match')),
      text: body.text,
      actor: { accountId, address },
    })
    return written.ok ? respond(written.value) : written
  },
})
