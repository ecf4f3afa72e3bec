const TYPES = { csv: 'text/csv; charset=utf-8', json: 'application/json; charset=utf-8' }

/** A file for one person; a browser saves it, and no cache keeps it. */
export function downloadResponse({
  name,
  format,
  content,
}: {
  /** Letters, digits and dashes only; the ending comes of the format. */
  name: string
  format: keyof typeof TYPES
  /** Pieces are sent as they come, so that its length does not matter. */
  content: string | AsyncGenerator<string>
}): Response {
  const body = typeof content === 'string' ? content : toStream(content)
  return new Response(body, {
    headers: {
      'content-type': TYPES[format],
      'content-disposition': `attachment; filename="${name}.${format}"`,
      'cache-control': 'private, no-store',
    },
  })
}

/** Pieces are made as fast as they are sent, and no more once the reader has gone. */
function toStream(pieces: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await pieces.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    async cancel() {
      await pieces.return(undefined)
    },
  })
}
