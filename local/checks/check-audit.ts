import { readFileSync } from 'node:fs'
import { checkAudited } from './audited'
import { listFiles } from './tree'

const sources = listFiles(process.cwd())
  .filter((file) => /^(domain|lib)\/.+\.ts$/.test(file))
  .map((file) => ({ file, source: readFileSync(file, 'utf8') }))
const findings = checkAudited(sources)
for (const { file, message, severity } of findings) console.log(`${severity} ${file}: ${message}`)
if (findings.length > 0) process.exitCode = 1
