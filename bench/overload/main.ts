/**
 * The process that asks for more than can be had. It is forked with the file of bearer tokens as its
 * argument, runs one load at a time, and ends with its parent.
 */
import { readFileSync } from 'node:fs'
import { type OverloadOrder, runOverload } from './load'

const tokens = readFileSync(process.argv[2] ?? '', 'utf8')
  .trim()
  .split('\n')

process.on('message', (order: Omit<OverloadOrder, 'tokens'>) => {
  runOverload({ ...order, tokens }).then(
    (report) => process.send?.({ report }),
    (error: Error) => process.send?.({ failure: error.message }),
  )
})
process.on('disconnect', () => process.exit())
process.send?.({ isReady: true })
