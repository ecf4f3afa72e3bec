/**
 * Makes what the code needs and git does not keep: the Prisma client, the messages' types, and the
 * routes by which metrics are counted.
 */
import { register } from 'tsx/esm/api'
import '../prisma/generate.mjs'

register()
await import('../messages/generate.ts')
const { writeRouteTemplates } = await import('./route-templates.ts')
writeRouteTemplates()
