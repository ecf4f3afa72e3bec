import type { IncomingMessage, ServerResponse } from 'node:http'
import { z } from 'zod'
import { send } from './answer'
import { FAULT_KINDS } from './faults'
import { readBody } from './request'
import { makeCounts, type Tenant } from './tenant'

const faultSchema = z
  .strictObject({ kind: z.enum(FAULT_KINDS), times: z.int().min(1).optional() })
  .nullable()

/**
 * For tests in other processes, under the same bearer token, never counted and never faulty:
 * `GET /_admin/counts`, `DELETE /_admin/counts`, and `PUT /_admin/fault` with a fault or `null`.
 */
export async function answerAdmin({
  request,
  response,
  tenant,
}: {
  request: IncomingMessage
  response: ServerResponse
  tenant: Tenant
}): Promise<void> {
  const body = await readBody(request)
  switch (`${request.method} ${request.url}`) {
    case 'GET /_admin/counts':
      return send({ response, status: 200, body: tenant.counts })
    case 'DELETE /_admin/counts':
      Object.assign(tenant.counts, makeCounts())
      return send({ response, status: 200, body: tenant.counts })
    case 'PUT /_admin/fault': {
      const parsed = faultSchema.safeParse(JSON.parse(body ?? 'null'))
      if (!parsed.success)
        return send({ response, status: 400, body: { error: 'ERR no such fault' } })
      tenant.faults.set(parsed.data)
      return send({ response, status: 200, body: { fault: parsed.data } })
    }
    default:
      return send({ response, status: 404, body: { error: 'ERR no such path' } })
  }
}
