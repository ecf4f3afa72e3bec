/** What the deployment takes that the environment names, as a rehearsal measures it, into a file. */
import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { measureRates } from '@/domain/booking/probe.commands'

const [out = ''] = process.argv.slice(2)
writeFileSync(out, JSON.stringify(await measureRates({ openingId: randomUUID() })))
process.exit(0)
