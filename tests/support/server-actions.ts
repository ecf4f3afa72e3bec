import { readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { sessionCookieName } from '@/lib/http/session'
import { type Answer, askApi } from './api-client'

const MANIFEST = path.resolve(
  import.meta.dirname,
  '../../.next/server/server-reference-manifest.json',
)
const manifest = z.object({
  node: z.record(
    z.string(),
    z.object({
      exportedName: z.string(),
      filename: z.string(),
      workers: z.record(z.string(), z.unknown()),
    }),
  ),
})

export interface Action {
  /** The id by which a browser calls it. */
  id: string
  /** `domain/booking/actions.ts cancelOwnReservation` */
  name: string
  /** The path of a page that offers it. */
  pagePath: string
}

/** Every server action of the build, as Next makes it an endpoint. */
export function listActions(): Action[] {
  const { node } = manifest.parse(JSON.parse(readFileSync(MANIFEST, 'utf8')))
  return Object.entries(node).map(([id, { exportedName, filename, workers }]) => ({
    id,
    name: `${filename} ${exportedName}`,
    pagePath: toPath(Object.keys(workers)[0] ?? ''),
  }))
}

/** `app/[locale]/reservations/[id]/page` is at `/reservations/x`. */
function toPath(worker: string): string {
  const segments = worker.replace(/^app\/\[locale\]/, '').replace(/\/page$/, '')
  return segments.replace(/\[[^\]]+\]/g, 'x') || '/'
}

/** An action's answer, or null when the request never reached it. */
export type Told = { ok: true; value: unknown } | { ok: false; reason: string; words: string }

const told = z.discriminatedUnion('ok', [
  z.looseObject({ ok: z.literal(true), value: z.unknown() }),
  z.looseObject({ ok: z.literal(false), reason: z.string(), words: z.string() }),
])

/** Calls an action as a page does; `origin` is the page's site unless given. */
export async function callAction({
  url,
  action,
  token,
  given,
  cookie,
  origin = url,
}: {
  url: string
  action: Action
  token?: string | undefined
  given: unknown
  /** Beside the session's. */
  cookie?: string | undefined
  origin?: string | null
}): Promise<{ answer: Answer; told: Told | null }> {
  const answer = await askApi({
    url,
    method: 'POST',
    path: action.pagePath,
    headers: {
      'next-action': action.id,
      'content-type': 'text/plain;charset=UTF-8',
      accept: 'text/x-component',
      ...(origin !== null && { origin }),
      cookie: [token !== undefined && `${sessionCookieName()}=${token}`, cookie]
        .filter(Boolean)
        .join('; '),
    },
    bytes: JSON.stringify([given]),
  })
  return { answer, told: readTold(answer.text) }
}

/** React streams rows `id:json`; the first names the row that holds the action's result. */
function readTold(text: string): Told | null {
  const rows = new Map(
    text
      .split('\n')
      .map((row) => [row.slice(0, row.indexOf(':')), row.slice(row.indexOf(':') + 1)]),
  )
  const returned = /"a":"\$@?(\w+)"/.exec(rows.get('0') ?? '')?.[1]
  const row = returned === undefined ? undefined : rows.get(returned)
  // An error's row, `E{…}`: Next itself refused.
  if (row === undefined || row.startsWith('E')) return null
  return told.safeParse(JSON.parse(row)).data ?? null
}
