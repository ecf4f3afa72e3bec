import { withScratchPostgres } from '@/local/scratch-postgres'
import { checkStatements } from '@/local/statements/check'
import { checkFunctions, describeDifference } from '@/prisma/check-functions'
import { checkSchema } from '@/prisma/check-schema'
import { withMigratedDatabase } from '@/prisma/migrated-database'

const root = process.cwd()
const [agreement, differences, faults] = await withScratchPostgres((connectionString) =>
  Promise.all([
    checkSchema({ connectionString }),
    checkFunctions({ connectionString }),
    withMigratedDatabase({ connectionString, work: (client) => checkStatements({ root, client }) }),
  ]),
)
if (!agreement.agrees) {
  console.log(`The Prisma schema says what no migration does; this is missing:\n${agreement.sql}`)
  process.exitCode = 1
}
for (const difference of differences) {
  console.log(describeDifference(difference))
  process.exitCode = 1
}
for (const fault of faults) {
  console.log(fault)
  process.exitCode = 1
}
