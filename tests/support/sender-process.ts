/**
 * One worker of the outbox in a process of its own, so that it can be killed in mid-work. Prints
 * that it is ready, waits for a line on its standard input, drains once, and ends.
 */
import { once } from 'node:events'
import { drainOutbox } from '@/domain/notification/commands'
import { pool } from '@/lib/db/database'
import { closeMail } from '@/lib/mail/mail'

process.stdout.write('ready\n')
await once(process.stdin, 'data')
await drainOutbox()
closeMail()
await pool.end()
process.exit(0)
