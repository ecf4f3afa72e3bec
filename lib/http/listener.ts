import { AsyncResource } from 'node:async_hooks'
import { IncomingMessage, Server, ServerResponse } from 'node:http'

/** Requests that begin in one turn of the event loop. */
const MOST_IN_A_TURN = 4

/**
 * Begins a few requests in each turn of the event loop, in the order in which they came. All that
 * arrive at once would otherwise begin before the loop looks at anything new, and a refusal would wait
 * as long as if it had been let in. The first few begin where they stand.
 */
function createPace(): (begin: () => void) => void {
  const waiting: (() => void)[] = []
  let begun = 0
  function turn(): void {
    begun = 0
    for (const begin of waiting.splice(0, MOST_IN_A_TURN)) {
      begun += 1
      begin()
    }
    if (begun > 0) setImmediate(turn)
  }
  return (begin) => {
    if (waiting.length > 0 || begun >= MOST_IN_A_TURN) {
      // Whatever belongs to the request's own context goes with it.
      waiting.push(AsyncResource.bind(begin))
      return
    }
    if (begun === 0) setImmediate(turn)
    begun += 1
    begin()
  }
}

/**
 * Stands in front of every HTTP server of this process, those that listen already included: what
 * `admit` does not let through never reaches a listener, and so costs none of the framework. The
 * server's own `emit` is the one place that works under whatever starts the server.
 */
export function interceptRequests(
  admit: (exchange: { request: IncomingMessage; response: ServerResponse }) => boolean,
): void {
  const emit = Server.prototype.emit
  const pace = createPace()
  Server.prototype.emit = function (this: Server, name: string | symbol, ...given: unknown[]) {
    const [request, response] = given
    const isRequest =
      name === 'request' && request instanceof IncomingMessage && response instanceof ServerResponse
    if (!isRequest) return Reflect.apply(emit, this, [name, ...given])
    // Whose connection is gone by then is owed nothing.
    if (admit({ request, response }))
      pace(() => request.socket.destroyed || Reflect.apply(emit, this, [name, ...given]))
    return true
  }
}
