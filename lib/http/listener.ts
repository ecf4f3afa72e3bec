import { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createPace } from './pace'

type Exchange = { request: IncomingMessage; response: ServerResponse }

/**
 * Stands in front of every HTTP server of this process, those that listen already included: what
 * `admit` does not let through, and what `serve` answers, never reaches a listener, and so costs none
 * of the framework. What `answerAtOnce` answers waits behind nothing. The server's own `emit` is the one
 * place that works under whatever starts the server.
 */
export function interceptRequests({
  answerAtOnce,
  admit,
  serve,
}: {
  answerAtOnce: (exchange: Exchange) => boolean
  admit: (exchange: Exchange) => boolean
  serve: (exchange: Exchange) => boolean
}): void {
  const emit = Server.prototype.emit
  const pace = createPace()
  Server.prototype.emit = function (this: Server, name: string | symbol, ...given: unknown[]) {
    const [request, response] = given
    const isRequest =
      name === 'request' && request instanceof IncomingMessage && response instanceof ServerResponse
    if (!isRequest) return Reflect.apply(emit, this, [name, ...given])
    if (answerAtOnce({ request, response })) return true
    // Whose connection is gone by then is owed nothing.
    if (admit({ request, response }))
      pace(
        () =>
          request.socket.destroyed ||
          serve({ request, response }) ||
          Reflect.apply(emit, this, [name, ...given]),
      )
    return true
  }
}
