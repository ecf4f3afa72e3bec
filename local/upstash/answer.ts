import type { ServerResponse } from 'node:http'
import type { JsonReply } from './reply'

export interface Answer {
  status: number
  body: JsonReply | JsonReply[]
}

let syncToken = 0

function makeHeaders(text: string): Record<string, string | number> {
  syncToken += 1
  return {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    'upstash-sync-token': `local-${syncToken}`,
  }
}

export function send({
  response,
  status,
  body,
}: {
  response: ServerResponse
  status: number
  body: object
}): void {
  if (response.headersSent || response.destroyed) return
  const text = JSON.stringify(body)
  response.writeHead(status, makeHeaders(text)).end(text)
}

export function sendPage(response: ServerResponse): void {
  const page = '<!doctype html><title>Bad gateway</title>'
  response.writeHead(200, { 'content-type': 'text/html' }).end(page)
}

export function sendHalf({ response, answer }: { response: ServerResponse; answer: Answer }): void {
  const text = JSON.stringify(answer.body)
  response.writeHead(answer.status, makeHeaders(text))
  response.write(text.slice(0, Math.floor(text.length / 2)), () => response.destroy())
}
