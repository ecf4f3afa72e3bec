import { createServer, IncomingMessage, Server, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { interceptRequests } from './listener'
import { answerLive } from './live'

it('answers that it lives at once, however many wait to begin', () => {
  const emit = Server.prototype.emit
  onTestFinished(() => {
    Server.prototype.emit = emit
  })
  const begun: (string | undefined)[] = []
  interceptRequests({ answerAtOnce: answerLive, admit: () => true, serve: () => false })
  const server = createServer((request) => void begun.push(request.url))
  const ask = (url: string, method = 'GET') => {
    const request = Object.assign(new IncomingMessage(new Socket()), { url, method })
    const response = new ServerResponse(request)
    server.emit('request', request, response)
    return response
  }
  for (let number = 0; number < 20; number += 1) ask(`/${number}`)
  expect(begun.length).toBeLessThan(20)
  const live = ask('/api/health/live')
  expect([live.statusCode, live.writableEnded]).toEqual([200, true])
  expect(ask('/api/health/live', 'HEAD').writableEnded).toBe(true)
  expect(ask('/api/health/live', 'POST').writableEnded).toBe(false)
  expect(ask('/api/health/ready').writableEnded).toBe(false)
  expect(begun.length).toBeLessThan(20)
})
