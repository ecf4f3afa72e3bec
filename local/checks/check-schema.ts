import { withScratchPostgres } from '@/local/scratch-postgres'
import { checkFunctions, describeDifference } from '@/prisma/check-functions'
import { checkSchema } from '@/prisma/check-schema'

const [agreement, differences] = await withScratchPostgres((connectionString) =>
  Promise.all([checkSchema({ connectionString }), checkFunctions({ connectionString })]),
)
if (!agreement.agrees) {
  console.log(`The Prisma schema says what no migration does; this is missing:\n${agreement.sql}`)
  process.exitCode = 1
}
for (const difference of differences) {
  console.log(describeDifference(difference))
  process.exitCode = 1
}
