/** Makes what the code needs and git does not keep: the Prisma client, and the messages' types. */
import { register } from 'tsx/esm/api'
import '../prisma/generate.mjs'

register()
await import('../messages/generate.ts')
