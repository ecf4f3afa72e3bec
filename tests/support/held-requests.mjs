/**
 * Loaded before the application's own code (`--import`): counts the requests that reach Next, and
 * keeps those that ask for it (`x-test: hold`) in front of it until they are let go. Orders come with
 * `x-test` to an address that the door spares.
 */
import http from 'node:http'

const createServer = http.createServer
const held = []
let reached = 0
let pausing

/** Keeps the event loop late, again and again. */
function pause(ms) {
  clearInterval(pausing)
  if (ms === 0) return
  pausing = setInterval(() => {
    const endMs = performance.now() + ms
    while (performance.now() < endMs);
  }, 1)
}

function obey(order, response) {
  if (order === 'release') for (const letGo of held.splice(0)) letGo()
  if (order.startsWith('pause ')) pause(Number(order.slice('pause '.length)))
  response.end(JSON.stringify({ reached, held: held.length }))
}

http.createServer = (listener) =>
  createServer((request, response) => {
    const order = request.headers['x-test']
    if (order !== undefined && order !== 'hold') return obey(order, response)
    reached += 1
    if (order === 'hold') held.push(() => listener(request, response))
    else listener(request, response)
  })
