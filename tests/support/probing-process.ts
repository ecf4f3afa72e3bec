/** A process that rehearses one opening, so that it can be killed in the middle. */
import { rehearseOpening } from '@/domain/booking/rehearsal.commands'

const [openingId = '', accountId = ''] = process.argv.slice(2)
const actor = { accountId, address: null }
const answer = await rehearseOpening({ openingId, people: 2_000, actor })
process.stdout.write(`${JSON.stringify(answer)}\n`)
process.exit(0)
